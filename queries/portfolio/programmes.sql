-- 7. What became of each programme?
-- Each number counts norms by group, programmes in the order of their files. This is not a ranking:
-- a programme with more concerns may only have answered more questions; one with none may have said
-- nothing.
SELECT
  any_value(title) AS title,
  file,
  count(*) FILTER (outcome = 'concern') AS concern,
  count(*) FILTER (outcome = 'needs-review') AS needsReview,
  count(*) FILTER (outcome = 'not-stated') AS notStated,
  count(*) FILTER (outcome = 'in-part') AS inPart,
  count(*) FILTER (outcome = 'met') AS met,
  count(*) FILTER (outcome = 'not-applicable') AS notApplicable,
  programme
FROM results
WHERE norm IS NOT NULL
GROUP BY file, programme
ORDER BY file, programme
