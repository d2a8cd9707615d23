import manifest from '../../package.json' with {type: 'json'};

/** Version of this program; answers carry it. */
export const version: string = manifest.version;
