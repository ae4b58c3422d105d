using System.Text.Json;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Cases;

namespace OmniIoT.Api.Cases;

/// <summary>A case that somebody opens by hand; it concerns a device, a customer or both.</summary>
/// <param name="Title">1 to 500 characters.</param>
/// <param name="Priority">Missing: <c>normal</c>.</param>
/// <param name="Queue">Missing: <c>support</c>.</param>
/// <param name="OpenedBy">Missing: <c>agent</c>.</param>
public sealed record CaseBody(
    string? CustomerId,
    string? DeviceId,
    string? Title,
    CasePriority? Priority,
    string? Queue,
    CaseOpener? OpenedBy
);

/// <param name="Resolution">At most 10,000 characters.</param>
public sealed record ResolveBody(string? Resolution);

/// <param name="Text">1 to 10,000 characters.</param>
public sealed record NoteBody(string? Text);

/// <summary>What of a case is to change; what is missing stays. A null assignee unassigns.</summary>
public sealed record CasePatch(CaseStatus? Status, CasePriority? Priority, string? Queue, string? Assignee, string? Title)
{
    /// <summary>Reads bytes that are JSON.</summary>
    /// <param name="title">Of the case as it is.</param>
    /// <exception cref="ProblemException">Something in it cannot be changed, or is not what it must be.</exception>
    internal static CasePatch Read(ReadOnlyMemory<byte> utf8, string title)
    {
        CasePatch patch = Body.Parse<CasePatch>(utf8);
        using JsonDocument document = JsonDocument.Parse(utf8);
        Mistakes mistakes = new();
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Null && property.Name != "assignee")
                mistakes.Add("/" + property.Name, "must not be null");
        }
        if (patch.Title is "")
            mistakes.Add("/title", Wrong.Empty);
        mistakes.AddIfLonger("/title", patch.Title, TextLimits.Title, title);
        if (patch.Queue is "")
            mistakes.Add("/queue", Wrong.Empty);
        mistakes.ThrowIfAny();
        bool unassigns =
            document.RootElement.TryGetProperty("assignee", out JsonElement assignee) && assignee.ValueKind == JsonValueKind.Null;
        return unassigns ? patch with { Assignee = "" } : patch;
    }
}
