-- The norms that are of concern or raised for review somewhere, those of concern most often first,
-- with the number of programmes by outcome.
SELECT
  norm,
  any_value(label) AS label,
  coalesce(any_value(topic), '') AS topic,
  min((topicRank, page, normLine, norm)) AS place,
  histogram(outcome) AS counts
FROM overall
GROUP BY norm
HAVING bool_or(raised)
ORDER BY count(*) FILTER (outcome = 'concern') DESC, count(*) FILTER (raised) DESC, place
