/** Capitals that `@vvo/tzdb` does not list, or that share their name with a city in another zone. */
export const CAPITALS: Readonly<Record<string, readonly string[]>> = {
  'Africa/Abidjan': ['Yamoussoukro'],
  'Africa/Tripoli': ['Tripoli'],
  'America/Belize': ['Belmopan'],
  'America/Costa_Rica': ['San José'],
  'America/Jamaica': ['Kingston'],
  'America/New_York': ['Washington', 'Washington, D.C.'],
  'America/Sao_Paulo': ['Brasília'],
  'Asia/Karachi': ['Islamabad'],
  'Asia/Kolkata': ['New Delhi'],
  'Asia/Kuwait': ['Kuwait City'],
  'Asia/Yangon': ['Naypyidaw'],
  'Europe/Malta': ['Valletta'],
  'Europe/Zurich': ['Bern'],
  'Indian/Mahe': ['Victoria'],
};

/** What people call countries and times, by the name that `@vvo/tzdb` has for them. */
export const SHORT_NAMES: Readonly<Record<string, readonly string[]>> = {
  'United Kingdom': ['UK', 'U.K.', 'GB', 'Great Britain', 'Britain', 'England', 'Scotland', 'Wales'],
  'United States': ['USA', 'U.S.A.', 'US', 'U.S.', 'United States of America'],
  'United Arab Emirates': ['UAE', 'U.A.E.'],
  Netherlands: ['Holland'],
  'Eastern Time': ['ET', 'Eastern'],
  'Central Time': ['CT'],
  'Mountain Time': ['MT'],
  'Pacific Time': ['PT'],
};

/** The zones that people mean first, where several have the same clock. */
export const BEST_KNOWN: readonly string[] = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'America/Phoenix',
  'America/Panama',
  'America/Mexico_City',
  'America/Puerto_Rico',
  'America/Halifax',
  'Europe/London',
  'Europe/Lisbon',
  'Europe/Berlin',
  'Europe/Athens',
  'Europe/Moscow',
  'Africa/Abidjan',
  'Africa/Algiers',
  'Asia/Riyadh',
  'Asia/Kolkata',
  'Asia/Shanghai',
  'Australia/Sydney',
];
