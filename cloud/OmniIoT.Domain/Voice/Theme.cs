using System.Collections.Frozen;

namespace OmniIoT.Domain.Voice;

/// <summary>Something that customers write about, such as noise or delivery.</summary>
/// <param name="Keywords">Words and phrases by language.</param>
public sealed record Theme(string Id, FrozenDictionary<string, IReadOnlyList<string>> Keywords);
