-- 2. Which topics are of concern most often?
-- A programme counts once for a topic. The last column counts norms of the topic that are of concern
-- in some programme.
SELECT
  topic,
  count(DISTINCT (file, programme)) FILTER (outcome = 'concern') AS programmesOfConcern,
  count(DISTINCT (file, programme)) AS programmes,
  count(DISTINCT norm) FILTER (outcome = 'concern') AS normsOfConcern
FROM overall
WHERE topic IS NOT NULL
GROUP BY topic
ORDER BY programmesOfConcern DESC, min(topicRank), topic
