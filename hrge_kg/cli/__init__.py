"""The command `hrge`: one module for each verb, with its arguments and what it does.

Exit codes: 0 fine, 1 a result that needs attention, 2 unusable input or usage. Results go to
stdout, progress to stderr.
"""
