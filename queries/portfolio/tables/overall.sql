-- One row for each programme and norm: the worst outcome of all groups.
SELECT found.*, norms.* EXCLUDE (norm)
FROM (
  SELECT
    file,
    programme,
    any_value(title) AS title,
    norm,
    arg_min(outcome, rank) AS outcome,
    bool_or(raised) AS raised
  FROM results JOIN outcomes USING (outcome)
  GROUP BY file, programme, norm
) AS found
JOIN norms USING (norm)
