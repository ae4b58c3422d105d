namespace OmniIoT.Domain.Audit;

/// <summary>What is stored of the subject of a change before the unit that it stands in.</summary>
/// <param name="Json">Null: nothing.</param>
/// <param name="Merged">Ids of customers who are one person with it.</param>
public sealed record StoredSubject(byte[]? Json, IReadOnlyList<string> Merged)
{
    public static StoredSubject None { get; } = new(null, []);
}
