namespace OmniIoT.Dialects.Makers;

/// <summary>A message down in a maker's words.</summary>
public sealed record Said(string Topic, byte[] Payload);
