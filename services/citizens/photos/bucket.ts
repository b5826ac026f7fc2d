/** Name of the bucket: the stream `OBJ_photos`. */
export const photoBucket = 'photos';
