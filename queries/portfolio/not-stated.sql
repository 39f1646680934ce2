-- 6. What is not stated most?
-- The questions of the form whose answers would settle something. `programmes` counts those that
-- leave the question open, `norms` the norms that an answer would help to settle.
SELECT
  question,
  count(DISTINCT (file, programme)) AS programmes,
  count(DISTINCT norm) AS norms
FROM (SELECT file, programme, norm, unnest(questions) AS question FROM results)
GROUP BY question
ORDER BY programmes DESC, norms DESC, question
