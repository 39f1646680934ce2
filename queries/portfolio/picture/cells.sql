-- The outcome of each norm in each programme.
SELECT norm, file, programme, outcome FROM overall
