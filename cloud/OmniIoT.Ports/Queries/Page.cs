using System.Text.Json.Serialization;

namespace OmniIoT.Ports.Queries;

/// <summary>Part of a list. <see cref="Next"/> is the opaque cursor of the part that follows, null at the end.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <summary>How many the whole list has, where that was asked for; else null, and then not written.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Total { get; init; }

    /// <summary>Something is left out, because it is stored damaged; written only then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Incomplete { get; init; }
}

/// <summary>Which part of a list is wanted.</summary>
/// <param name="Cursor">What the part before gave as <see cref="Page{T}.Next"/>; null starts at the beginning.</param>
/// <param name="Limit">1 to <see cref="MaximumLimit"/>.</param>
/// <param name="Count">Whether <see cref="Page{T}.Total"/> is wanted: it costs a look at all that the filter leaves.</param>
public readonly record struct PageRequest(string? Cursor = null, int Limit = PageRequest.DefaultLimit, bool Count = false)
{
    public const int DefaultLimit = 50;
    public const int MaximumLimit = 500;
}
