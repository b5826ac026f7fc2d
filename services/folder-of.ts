/**
 * Folder of a programme below `services/`. The programme `ml` keeps its name, because subjects, schema and journalled events bear it; its folder is
 * named after what it answers.
 */
export const folderOf = (programme: string): string => (programme === 'ml' ? 'outlook' : programme);

/** The other way round. */
export const programmeOf = (folder: string): string => (folder === 'outlook' ? 'ml' : folder);
