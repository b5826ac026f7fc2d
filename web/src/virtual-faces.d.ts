declare module 'virtual:faces' {
  const faces: import('@vungxanh/services/contracts/faces.ts').Faces;
  export default faces;
}
