"""Source texts as editions: their passages in reading order, with what the graph ties to their
words, in a format that other tools read.
"""

from .akoma_ntoso import to_akoma_ntoso as to_akoma_ntoso
from .loader import read_edition as read_edition
from .loader import source_keys as source_keys
