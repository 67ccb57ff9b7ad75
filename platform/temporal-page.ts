/** Where the Temporal UI is, and which namespace it should show. */
interface TemporalUi {
  readonly temporalUiUrl: string | null;
  readonly namespace: string;
}

/** The page of a workflow in the Temporal UI, or null where its address is not known. */
export function temporalPage(
  { temporalUiUrl, namespace }: TemporalUi,
  workflowId: string,
): string | null {
  return temporalUiUrl
    ? `${temporalUiUrl}/namespaces/${namespace}/workflows/${encodeURIComponent(workflowId)}`
    : null;
}
