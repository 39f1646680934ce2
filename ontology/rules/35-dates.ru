# Whether what an answer dates had begun, or ended, when it was given. Dates are days, months or years: two of them are compared as far as both
# say. Their types cannot be ordered, their spellings can. Without a day of the answer nothing follows.
PREFIX hrge: <https://w3id.org/hrge/ns#>
INSERT { ?statement hrge:begun true }
WHERE {
  ?statement hrge:since ?since ; hrge:statedOn ?on .
  BIND(IF(STRLEN(STR(?since)) < STRLEN(STR(?on)), STRLEN(STR(?since)), STRLEN(STR(?on))) AS ?length)
  FILTER(SUBSTR(STR(?since), 1, ?length) <= SUBSTR(STR(?on), 1, ?length))
} ;
INSERT { ?statement hrge:ended true }
WHERE {
  ?statement hrge:until ?until ; hrge:statedOn ?on .
  BIND(IF(STRLEN(STR(?until)) < STRLEN(STR(?on)), STRLEN(STR(?until)), STRLEN(STR(?on))) AS ?length)
  FILTER(SUBSTR(STR(?until), 1, ?length) < SUBSTR(STR(?on), 1, ?length))
}
