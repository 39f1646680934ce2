-- One row for each programme and norm: the worst outcome of all groups.
SELECT
  file,
  programme,
  any_value(title) AS title,
  norm,
  any_value(label) AS label,
  any_value(topic) AS topic,
  any_value(topicRank) AS topicRank,
  any_value(page) AS page,
  any_value(normLine) AS normLine,
  arg_min(outcome, rank) AS outcome,
  bool_or(raised) AS raised
FROM results JOIN outcomes USING (outcome)
GROUP BY file, programme, norm
