/** What people call States and territories, for the two-letter codes counts are kept by. */

const names = `Alabama AL, Alaska AK, Arizona AZ, Arkansas AR, California CA, Colorado CO, Connecticut CT, Delaware DE, Florida FL,
Georgia GA, Hawaii HI, Idaho ID, Illinois IL, Indiana IN, Iowa IA, Kansas KS, Kentucky KY, Louisiana LA, Maine ME, Maryland MD,
Massachusetts MA, Michigan MI, Minnesota MN, Mississippi MS, Missouri MO, Montana MT, Nebraska NE, Nevada NV, New Hampshire NH,
New Jersey NJ, New Mexico NM, New York NY, North Carolina NC, North Dakota ND, Ohio OH, Oklahoma OK, Oregon OR, Pennsylvania PA,
Rhode Island RI, South Carolina SC, South Dakota SD, Tennessee TN, Texas TX, Utah UT, Vermont VT, Virginia VA, Washington WA,
West Virginia WV, Wisconsin WI, Wyoming WY, District of Columbia DC, Washington DC DC, Washington D.C. DC, American Samoa AS,
Guam GU, Northern Mariana Islands MP, Puerto Rico PR, Virgin Islands VI, U.S. Virgin Islands VI, US Virgin Islands VI`

const codes = new Map(
  names.split(/,\s+/).map((row): [string, string] => [row.slice(0, -3).toLowerCase(), row.slice(-2)]),
)

/** The longest first: West Virginia is not Virginia, nor Washington DC Washington. */
const pattern = new RegExp(
  `(?<![\\p{L}])(?:${[...codes.keys()]
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replaceAll('.', '\\.').replaceAll(' ', '\\s+'))
    .join('|')})(?![\\p{L}])`,
  'giu',
)

/** Names in a text, written as their codes. */
export const namesAsCodes = (text: string): string =>
  text.replace(pattern, (name) => codes.get(name.toLowerCase().replace(/\s+/g, ' ')) ?? name)
