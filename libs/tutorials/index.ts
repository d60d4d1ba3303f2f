export { TUTORIALS_SERVER_OPTIONS, TutorialsModule, type TutorialsOptions } from './tutorials.module.ts';
