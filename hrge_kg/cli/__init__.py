"""The command `hrge`: one module a verb, its arguments beside its behaviour.

Exit codes: 0 fine, 1 findings, 2 unusable input or usage. Results go to stdout, progress to stderr.
"""
