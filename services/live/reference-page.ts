/** The one script that stands in the page itself: the policy of the front door knows it by its hash. */
export const referenceScript =
  "SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#reference', deepLinking: true, validatorUrl: null });";

/** Swagger UI from the package's own files: nothing is loaded from elsewhere. */
export const swaggerUI = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Vùng Xanh API</title>
<link rel="stylesheet" href="/api/reference/swagger-ui.css">
<div id="reference"></div>
<script src="/api/reference/swagger-ui-bundle.js"></script>
<script>${referenceScript}</script>
</html>
`;
