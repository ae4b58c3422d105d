namespace OmniIoT.Domain.Text;

/// <summary>One thing wrong with a JSON document that was refused whole; unlike a rule it needs no line and column.</summary>
/// <param name="Pointer">Where it stands: an RFC 6901 JSON pointer, empty for the whole document.</param>
/// <param name="Message">What is wrong and what is allowed, as one English sentence without a full stop.</param>
public sealed record FieldMistake(string Pointer, string Message);
