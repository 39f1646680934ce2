-- 1. Which norms are of concern most often?
-- Each number counts programmes. A programme counts once for a norm, with the worst outcome of its
-- groups.
SELECT
  any_value(label) AS label,
  any_value(topic) AS topic,
  any_value(page) AS page,
  count(*) FILTER (outcome = 'concern') AS concern,
  count(*) FILTER (outcome = 'needs-review') AS needsReview,
  count(*) FILTER (outcome = 'not-stated') AS notStated,
  count(*) FILTER (outcome = 'in-part') AS inPart,
  count(*) FILTER (outcome = 'met') AS met,
  count(*) FILTER (outcome = 'not-applicable') AS notApplicable,
  norm
FROM overall
GROUP BY norm
ORDER BY concern DESC, needsReview DESC, any_value(topicRank), page, any_value(normLine), norm
