using System.Text.Json.Serialization;

namespace OmniIoT.Api.Imports;

/// <summary>What an import came to.</summary>
public sealed record Imported
{
    /// <summary>How many were new; of a dry run, would be.</summary>
    public required int Created { get; init; }

    /// <summary>How many there were already; of a dry run, those that would be replaced.</summary>
    public required int Updated { get; init; }

    /// <summary>Each line of the file that is not empty, in its order.</summary>
    public required IReadOnlyList<ImportedLine> Lines { get; init; }
}

/// <summary>What became of a line.</summary>
/// <param name="Line">Of the file; the first is 1. A line of values that runs over several is named by the first of them.</param>
/// <param name="Id">Null: the line names none.</param>
/// <param name="Ok">Whether it is right; without mistakes elsewhere, or with <c>partial</c>, it was taken.</param>
/// <param name="Message">What is wrong with it.</param>
/// <param name="Secret">Of a device that was created: nobody can read it again.</param>
public sealed record ImportedLine(
    int Line,
    string? Id,
    bool Ok,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Secret = null
);
