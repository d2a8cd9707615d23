/**
 * How walltime's sources become JavaScript; shared by the build and by the test of what start-up loads.
 *
 * @param {string} root the package's directory
 * @returns {import('esbuild').BuildOptions & {metafile: true}}
 */
export function bundleOptions(root) {
  return {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    jsx: 'automatic',
    charset: 'utf8',
    // `main` fields of packages name CommonJS, which cannot be tree-shaken.
    mainFields: ['module', 'main'],
    // React loads its development build, several times slower to start, under any other value.
    define: {'process.env.NODE_ENV': '"production"'},
    // Names stay, so that a stack trace in a bug report can be read.
    minifyWhitespace: true,
    minifySyntax: true,
    // They stand in dist/THIRD_PARTY_LICENSES.
    legalComments: 'none',
    // Bundled CommonJS packages call require() for Node's own modules.
    banner: {
      js: "import {createRequire as createRequireOfBundle} from 'node:module';const require=createRequireOfBundle(import.meta.url);",
    },
    // ink asks for it only when DEV=true, and says so if it is not installed.
    external: ['react-devtools-core'],
    logLevel: 'warning',
    metafile: true,
  };
}
