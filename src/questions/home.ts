/** The film that is meant where none is named: the command bears its name. */
export const HOME = 'title:ballerina';
/** The region that is meant where none is named. */
export const HOME_REGION = 'region:US';
