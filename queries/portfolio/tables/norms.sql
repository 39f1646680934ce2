-- The norms with their words.
SELECT
  norm,
  any_value(label) AS label,
  any_value(topic) AS topic,
  any_value(topicRank) AS topicRank,
  any_value(page) AS page,
  any_value(normLine) AS normLine
FROM results
WHERE norm IS NOT NULL
GROUP BY norm
