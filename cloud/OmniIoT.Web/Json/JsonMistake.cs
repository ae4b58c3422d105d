namespace OmniIoT.Web.Json;

/// <summary>Where a text is no JSON, or none that everybody reads alike.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 code units.</param>
public sealed record JsonMistake(int Line, int Column, string Message);
