"""Other languages for people: pages and reports are written in English, and translated."""
