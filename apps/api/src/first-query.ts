/** What one can ask first: it is printed at the start, stands in GraphiQL and in the README. */
export const firstQuery = `query TheCallOf2019 {
  call(id: "coordination-2019") {
    name { text }
    organiser { name { text } }
    terms { closesAt largestShare planComments { from to } }
    appropriation { amount }
    applications(first: 20) {
      totalCount
      edges { node { region { code name { text } } } }
    }
  }
}`;
