PREFIX hrge: <https://w3id.org/hrge/ns#>
PREFIX c: <https://w3id.org/hrge/id/concept/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
# Answers that say what a group is: a yes, in part or whole, shows that there are such people in every group that it surely reaches; a no
# denies it only where it is about the whole, in practice, always, for everyone, by somebody who has seen it, and nothing says yes.
# An answer about people of a kind shows none of them in a group that is stated to have none.
INSERT { ?group hrge:_hasNone ?kind }
WHERE {
  { SELECT DISTINCT ?kind ?dimension { ?aspect hrge:yesShows ?kind ; hrge:aboutPeople ?kind . ?kind skos:inScheme ?dimension } }
  ?programme hrge:serves ?group .
  FILTER(EXISTS { ?group hrge:hasNot ?kind } || EXISTS { ?dimension hrge:exclusive true . ?group hrge:has/skos:inScheme ?dimension })
} ;
INSERT { ?programme hrge:_hasGroupOf ?kind }
WHERE {
  { SELECT DISTINCT ?kind { ?aspect hrge:yesShows ?kind ; hrge:aboutPeople ?kind } }
  ?programme hrge:serves ?group . ?group hrge:has/skos:broader* ?kind
} ;
INSERT { ?group hrge:hasKind ?kind }
WHERE {
  ?aspect hrge:yesShows ?kind . ?programme hrge:serves ?group ; ?aspect ?statement .
  ?statement hrge:for ?group ; hrge:says ?holds . FILTER(?holds IN (c:yes, c:in-part))
  FILTER NOT EXISTS { ?group hrge:_hasNone ?kind }
} ;
INSERT { ?group hrge:hasKind ?kind }
WHERE {
  ?aspect hrge:yesShows ?kind . ?programme a hrge:Programme ; ?aspect ?statement .
  ?statement hrge:for ?named ; hrge:says ?holds . FILTER(?holds IN (c:yes, c:in-part))
  ?own skos:broader* ?named . ?group hrge:has ?own . ?programme hrge:serves ?group
  FILTER NOT EXISTS { ?group hrge:_hasNone ?kind }
} ;
INSERT { ?group hrge:hasKind ?kind }
WHERE {
  ?aspect hrge:yesShows ?kind . ?programme hrge:serves ?group ; ?aspect ?statement .
  ?statement hrge:says ?holds . FILTER(?holds IN (c:yes, c:in-part))
  FILTER NOT EXISTS { ?statement hrge:for ?anyone }
  FILTER NOT EXISTS { ?group hrge:has/hrge:onlyIfNamed true }
  FILTER NOT EXISTS { ?group hrge:notKnownIfNamed true }
  FILTER NOT EXISTS { ?group hrge:_hasNone ?kind }
  # nor where another group is stated to be such people: one that names nobody is about those of whom it is so
  FILTER NOT EXISTS { ?programme hrge:_hasGroupOf ?kind }
  # of people who are not in the group it says nothing
  FILTER NOT EXISTS {
    ?aspect hrge:aboutPeople ?kind . ?kind skos:inScheme ?dimension . ?dimension hrge:exclusive true .
    ?group hrge:has ?named . ?named skos:inScheme ?dimension .
    FILTER NOT EXISTS { ?aspect hrge:aboutPeople ?one . ?group hrge:has/skos:broader* ?one }
  }
} ;
# a yes that speaks against the programme, in practice, about people whom it names by a kind: there are such people in the one group that
# may hold them
INSERT { ?group hrge:_mayHold ?kind }
WHERE {
  ?programme hrge:serves ?group ; ?aspect ?statement . ?aspect hrge:wanted c:no .
  ?statement hrge:for ?kind ; hrge:says ?holds ; hrge:level c:practice . FILTER(?holds IN (c:yes, c:in-part))
  ?kind skos:inScheme ?dimension . ?dimension hrge:groupDimension true .
  FILTER NOT EXISTS { ?statement hrge:for/a hrge:ServedGroup }
  FILTER NOT EXISTS { ?programme hrge:serves/hrge:has/skos:broader* ?kind }
  FILTER NOT EXISTS { ?group hrge:hasNot|hrge:hasNot/^skos:broader+ ?kind } FILTER NOT EXISTS { ?group hrge:only true }
  FILTER NOT EXISTS { ?dimension hrge:exclusive true . ?group hrge:has/skos:inScheme ?dimension }
  # nor where it is stated to be of none of those of whom there are such people: pregnancy, in a group of men
  FILTER(NOT EXISTS { ?kind hrge:aboutPeople ?any } || EXISTS {
    ?kind hrge:aboutPeople ?of . ?of skos:inScheme ?its . ?its hrge:groupDimension true . FILTER NOT EXISTS { ?group hrge:hasNot ?of }
    FILTER(NOT EXISTS { ?its hrge:exclusive true . ?group hrge:has/skos:inScheme ?its } || EXISTS { ?group hrge:has/skos:broader* ?of }) })
} ;
INSERT { ?group hrge:hasKind ?wider }
WHERE {
  ?programme hrge:serves ?group . ?group hrge:_mayHold ?kind . ?kind skos:broader* ?wider .
  FILTER NOT EXISTS { ?programme hrge:serves ?other . ?other hrge:_mayHold ?kind . FILTER(?other != ?group) }
} ;
# what speaks against such a no: an adverse fact of the same matter
INSERT { ?against hrge:_against ?aspect }
WHERE {
  ?aspect hrge:noDenies ?kind . ?matter hrge:concludedBy|hrge:doubts ?aspect .
  ?fact hrge:ofMatter ?matter ; hrge:checksAspect ?other ; hrge:wants ?wanted . FILTER(?other != ?aspect)
  ?programme ?other ?against . ?against hrge:says ?says . FILTER(?says != ?wanted) FILTER(?says IN (c:yes, c:no, c:in-part))
  # a fact about one thing does not speak of another: one is to be the same as the other or within it
  FILTER(NOT EXISTS { ?fact hrge:checksOf ?one . ?against hrge:of ?of } || EXISTS {
    ?fact hrge:checksOf ?one . ?against hrge:of ?of .
    FILTER(EXISTS { ?of skos:broader* ?one } || EXISTS { ?one skos:broader* ?of })
  })
} ;
# a length of time beyond a bound for a norm of the matter
INSERT { ?against hrge:_against ?aspect }
WHERE {
  ?aspect hrge:noDenies ?kind . ?matter hrge:concludedBy|hrge:doubts ?aspect ; hrge:bearsOn ?norm .
  ?bound a hrge:Bound ; hrge:bearsOn ?norm ; hrge:checksAspect ?other ; hrge:mostDays ?most .
  ?programme ?other ?against . ?against hrge:days ?days ; hrge:says ?says . FILTER(?days > ?most) FILTER(?says IN (c:yes, c:in-part))
} ;
# what takes such people for granted: an answer of whatever kind, or a yes, or a yes about a certain thing. If it names nobody, it is
# about those of whom it is so, where a group is stated to be such people.
INSERT { ?group hrge:_presumed ?kind }
WHERE {
  { ?source hrge:answerPresumes ?kind . ?programme ?source ?against . ?against hrge:says ?says . FILTER(?says IN (c:yes, c:no, c:in-part)) }
  UNION { ?source hrge:yesPresumes ?kind . ?programme ?source ?against . ?against hrge:says ?says . FILTER(?says IN (c:yes, c:in-part)) }
  UNION { ?source hrge:yesPresumes ?kind ; skos:inScheme/^hrge:ofScheme ?other . ?programme ?other ?against . ?against hrge:of ?source ; hrge:says ?says . FILTER(?says IN (c:yes, c:in-part)) }
  ?programme hrge:serves ?group . FILTER NOT EXISTS { ?source hrge:answerPresumes|hrge:yesPresumes ?own . ?group hrge:has ?own }
  FILTER(EXISTS { ?against hrge:for ?group }
      || NOT EXISTS { ?against hrge:for/a hrge:ServedGroup } && (EXISTS { ?against hrge:for ?named }
        || NOT EXISTS { ?source hrge:answerPresumes|hrge:yesPresumes ?such . ?programme hrge:serves ?those . ?those hrge:has ?such
          # not where it is said of people such as nobody there is
          FILTER NOT EXISTS { ?source hrge:presumedOf ?people . ?people skos:inScheme ?dimension . ?those hrge:has/skos:inScheme ?dimension
            FILTER NOT EXISTS { ?those hrge:has/skos:broader* ?people } } }))
} ;
INSERT { ?group hrge:hasNot ?kind }
WHERE {
  ?aspect hrge:noDenies ?kind .
  ?programme ?aspect ?statement ; hrge:serves ?group . ?statement hrge:says c:no ; hrge:level c:practice .
  FILTER NOT EXISTS { ?group hrge:hasKind ?kind }
  FILTER NOT EXISTS { ?group hrge:has/skos:broader* ?kind }
  FILTER NOT EXISTS { ?group hrge:has/hrge:onlyIfNamed true }
  FILTER NOT EXISTS { ?statement hrge:condition|hrge:since|hrge:until|hrge:ground|hrge:quantity|hrge:reviewer|hrge:_unseen ?limited }
  FILTER NOT EXISTS { ?statement hrge:frequency ?often . FILTER(?often != c:always) }
  FILTER NOT EXISTS { ?statement hrge:of ?part . ?part skos:broader ?whole }
  FILTER(EXISTS { ?statement hrge:for ?group } || NOT EXISTS { ?statement hrge:for ?anyone })
  FILTER NOT EXISTS { ?group hrge:_presumed ?kind }
  # one of people who may be of the group leaves it open
  FILTER NOT EXISTS {
    ?against hrge:_against ?aspect . ?programme ?other ?against .
    FILTER(EXISTS { ?against hrge:for ?group } || NOT EXISTS { ?against hrge:for/a hrge:ServedGroup })
  }
} ;
# nor is what a group says of itself believed against such answers
INSERT { ?group hrge:_open ?kind }
WHERE {
  ?programme hrge:serves ?group .
  { ?group hrge:_presumed ?kind }
  UNION {
    ?dimension hrge:askedAs ?aspect . ?aspect hrge:noDenies ?kind . ?kind skos:inScheme ?dimension . ?against hrge:_against ?aspect .
    ?programme ?other ?against ; hrge:serves ?group .
    FILTER(EXISTS { ?against hrge:for ?group } || NOT EXISTS { ?against hrge:for/a hrge:ServedGroup })
  }
  FILTER NOT EXISTS { ?group hrge:hasKind ?kind }
} ;
DELETE { ?x ?scratch ?y } WHERE { VALUES ?scratch { hrge:_against hrge:_presumed hrge:_mayHold hrge:_hasNone hrge:_hasGroupOf } ?x ?scratch ?y }
