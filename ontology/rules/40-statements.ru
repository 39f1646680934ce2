# Each statement about groups gets a view for each group that it may concern: kept from a group only if it is provably about others,
# "whole" only if provably about all of it. What a statement is about, left out, is the top concept of the aspect's scheme.
PREFIX hrge: <https://w3id.org/hrge/ns#>
PREFIX c: <https://w3id.org/hrge/id/concept/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
# A statement is said of each of those whom it names, as if each had a statement of its own. It is kept from a group where it names
# other groups, or people of whom it is stated that nobody of the group is one, and nobody else; and from people whom a statement
# reaches only if it names them.
INSERT { ?statement hrge:_of ?group . ?group hrge:_wholly ?statement }
WHERE { ?programme hrge:serves ?group . ?statement hrge:for ?group } ;
# what cannot be about a group that surely has no such people
INSERT { ?what hrge:_notOf ?group }
WHERE {
  ?programme hrge:serves ?group . ?what hrge:aboutPeople ?any . ?group hrge:hasNot ?any .
  FILTER NOT EXISTS { ?what hrge:aboutPeople ?kind . FILTER NOT EXISTS { ?group hrge:hasNot ?kind } }
} ;
# nor, where a question is about kinds of people and the form speaks of them, a kind that the group surely has not
INSERT { ?kind hrge:_notOf ?group }
WHERE { ?aspect hrge:ofScheme ?scheme . ?scheme hrge:groupDimension true . ?kind skos:inScheme ?scheme . ?programme hrge:serves ?group . ?group hrge:hasNot ?kind
  FILTER(EXISTS { ?group hrge:has/skos:inScheme ?scheme } || NOT EXISTS { ?group hrge:only true }) } ;
INSERT { ?aspect hrge:_notOf ?group }
WHERE { ?aspect hrge:ofScheme ?scheme . ?scheme hrge:groupDimension true . ?top skos:topConceptOf ?scheme . ?programme hrge:serves ?group . ?group hrge:hasNot ?top
  FILTER(EXISTS { ?group hrge:has/skos:inScheme ?scheme } || NOT EXISTS { ?group hrge:only true }) } ;
INSERT { ?statement hrge:_of ?group }
WHERE {
  ?statement hrge:for ?kind . ?kind skos:inScheme/hrge:groupDimension true .
  ?programme ?aspect ?statement ; hrge:serves ?group . FILTER NOT EXISTS { ?group hrge:hasNot ?kind }
} ;
INSERT { ?statement hrge:_of ?group }
WHERE {
  ?aspect rdfs:subPropertyOf hrge:groupAspect . ?programme hrge:serves ?group ; ?aspect ?statement .
  FILTER NOT EXISTS { ?statement hrge:for ?anyone } FILTER(NOT EXISTS { ?group hrge:has/hrge:onlyIfNamed true } || EXISTS { ?group hrge:notKnownIfNamed true })
  FILTER NOT EXISTS { ?aspect hrge:_notOf ?group }
  FILTER(NOT EXISTS { ?statement hrge:of ?anything } || EXISTS { ?statement hrge:of ?possible . FILTER NOT EXISTS { ?possible hrge:_notOf ?group } })
} ;
# About the whole group: it names the group, or, in some dimension, a kind for everyone in it; or it names nobody, and it is not open
# whether the group is among those whom it then means.
INSERT { ?group hrge:_wholly ?statement }
WHERE {
  ?statement hrge:for ?kind . ?kind skos:inScheme ?dimension . ?dimension hrge:groupDimension true .
  ?statement hrge:_of ?group . ?group hrge:has ?any . ?any skos:inScheme ?dimension .
  # not by kinds that a group has among others
  FILTER NOT EXISTS { ?dimension hrge:namesSome true }
  FILTER NOT EXISTS {
    ?group hrge:has ?own . ?own skos:inScheme ?dimension .
    FILTER NOT EXISTS { ?own skos:broader* ?wide . ?statement hrge:for ?wide } }
} ;
INSERT { ?group hrge:_wholly ?statement }
WHERE {
  ?statement hrge:_of ?group . FILTER NOT EXISTS { ?statement hrge:for ?anyone } FILTER NOT EXISTS { ?group hrge:notKnownIfNamed true }
} ;
INSERT { ?group ?aspect ?view . ?view a hrge:StatementView ; hrge:viewOf ?statement ; hrge:about ?group ; hrge:extent ?extent }
WHERE {
  ?aspect rdfs:subPropertyOf hrge:groupAspect . ?programme a hrge:Programme ; ?aspect ?statement . ?statement hrge:_of ?group .
  BIND(IF(EXISTS { ?group hrge:_wholly ?statement }, c:whole, c:part) AS ?extent)
  BIND(IRI(CONCAT(STR(?statement), "/view/", MD5(STR(?group)))) AS ?view)
} ;
INSERT { ?view ?slot ?value }
WHERE {
  ?view hrge:viewOf ?statement ; hrge:about ?group . ?statement ?slot ?value . FILTER(?slot NOT IN (hrge:for, hrge:_of, <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>))
  FILTER(?slot != hrge:of || EXISTS { ?statement hrge:for ?anyone } || NOT EXISTS { ?value hrge:_notOf ?group })
} ;
# a statement about the programme itself is its own view
INSERT { ?statement hrge:extent ?extent }
WHERE {
  ?aspect rdfs:subPropertyOf hrge:programmeAspect . ?programme a hrge:Programme ; ?aspect ?statement .
  BIND(IF(EXISTS { ?statement hrge:for ?anyone }, c:part, c:whole) AS ?extent)
} ;
INSERT { ?view hrge:of ?top }
WHERE {
  ?aspect hrge:ofScheme ?scheme . ?top skos:topConceptOf ?scheme . ?about ?aspect ?view . ?view hrge:extent ?extent .
  FILTER NOT EXISTS { ?view hrge:of ?anything }
}
 ;
# a no of all kinds of a thing that are all there are is a no of the thing, in one answer or in several
INSERT { ?view hrge:of ?thing }
WHERE {
  ?thing hrge:kindsAreAll true ; skos:inScheme/^hrge:ofScheme ?aspect . ?about ?aspect ?view . ?view hrge:says c:no ; hrge:level c:practice ; hrge:of/skos:broader ?thing .
  FILTER NOT EXISTS { ?kind skos:broader ?thing . FILTER NOT EXISTS { ?about ?aspect ?other . ?other hrge:says c:no ; hrge:level c:practice ; hrge:of ?kind } }
} ;
# a kind of group that says in itself what an aspect asks; beside another kind of its dimension, what it says then
INSERT { ?group ?aspect ?view . ?view a hrge:StatementView ; hrge:about ?group ; hrge:holds c:yes ; hrge:says c:yes ; hrge:level c:practice ; hrge:extent ?extent }
WHERE {
  ?group a hrge:ServedGroup ; hrge:has ?kind . ?kind hrge:statesAspect ?whole .
  BIND(EXISTS { ?kind skos:inScheme ?dimension . ?dimension hrge:groupDimension true . ?group hrge:has ?other . ?other skos:inScheme ?dimension . FILTER(?other != ?kind) } AS ?some)
  OPTIONAL { ?kind hrge:statesAspectOfSome ?ofSome }
  BIND(IF(?some && BOUND(?ofSome), ?ofSome, ?whole) AS ?aspect)
  BIND(IF(?some && !BOUND(?ofSome), c:part, c:whole) AS ?extent)
  BIND(IRI(CONCAT(STR(?group), "/view/", MD5(STR(?aspect)))) AS ?view)
} ;
# what follows from several answers together, where nothing is said of it; it is told by the one that is a conclusion
INSERT { ?group ?aspect ?view . ?view a hrge:StatementView ; hrge:viewOf ?statement ; hrge:about ?group ; hrge:holds ?wanted ; hrge:says ?wanted ; hrge:level c:practice ; hrge:extent c:whole ; hrge:of ?top }
WHERE {
  ?fact hrge:followsFrom ?told ; hrge:checksAspect ?aspect ; hrge:wants ?wanted . ?told hrge:checksAspect ?asked . ?asked hrge:aspectKind c:conclusion .
  ?programme hrge:serves ?group . ?group ?asked ?shown . ?shown hrge:viewOf ?statement .
  FILTER NOT EXISTS { ?group ?aspect ?said }
  FILTER NOT EXISTS {
    ?fact hrge:followsFrom ?premise . ?premise hrge:checksAspect ?its ; hrge:wants ?right .
    FILTER NOT EXISTS {
      ?group ?its ?stated . ?stated hrge:says ?right ; hrge:level c:practice ; hrge:extent c:whole .
      FILTER NOT EXISTS { ?stated hrge:condition|hrge:since|hrge:until|hrge:frequency|hrge:ground|hrge:reviewer|hrge:quantity|hrge:_unseen ?limited }
      FILTER NOT EXISTS { ?stated hrge:of/skos:broader ?wider }
      FILTER NOT EXISTS { ?group ?its ?against . ?against hrge:says ?otherwise . FILTER(?otherwise != ?right) }
    }
  }
  OPTIONAL { ?aspect hrge:ofScheme ?scheme . ?top skos:topConceptOf ?scheme }
  BIND(IRI(CONCAT(STR(?shown), "/follows/", MD5(STR(?aspect)))) AS ?view)
} ;
DELETE { ?x ?scratch ?y } WHERE { VALUES ?scratch { hrge:_of hrge:_wholly hrge:_notOf } ?x ?scratch ?y }
