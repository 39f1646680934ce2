"""A description with ten answers, on which a report must be short."""

from __future__ import annotations

TEN = """
programme: ten
run-by: NGO
activity: shelter-activity
answered: {on: 2025-03-01, by: visit, level: practice}
groups:
  women: {status: identified-victims, sex: women, age: adults, nationality: non-nationals}
  girls: {status: identified-victims, sex: women, age: children, nationality: non-nationals}
answers:
  leaving-restricted: {holds: yes, of: locked-door, ground: prevent-re-trafficking}
  shelter-conditional-on: {holds: yes, of: testimony, for: women}
  compulsory-test: {holds: yes, of: hiv-test, for: women}
  told-of-consular-access: no
  care-provided: {holds: yes, of: [physical-health-care, counselling]}
  informed-of-services: {holds: in part, of: house-rules}
  shelter-safe: yes
  child-views-sought: {holds: no, for: girls}
  protected-from-harm: {holds: yes, of: intimidation}
  care-conditional-on: no
"""
