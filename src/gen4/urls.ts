/** Where the providers are. Runway's is named "dev", but is production. */
export const AIVIDEOAPI_URL = 'https://api.aivideoapi.com';
export const RUNWAY_URL = 'https://api.dev.runwayml.com';
