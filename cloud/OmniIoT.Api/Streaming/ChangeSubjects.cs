using System.Text.Json;
using OmniIoT.Ports.Live;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Streaming;

/// <summary>What a change is about, as what it tells names it.</summary>
internal static class ChangeSubjects
{
    public static Subjects Of(Change change)
    {
        using JsonDocument document = JsonDocument.Parse(change.Json);
        JsonElement root = document.RootElement;
        bool isEntry = root.TryGetProperty("refs", out JsonElement refs) && refs.ValueKind is JsonValueKind.Object;
        JsonElement about = isEntry ? refs : root;
        return new Subjects
        {
            CustomerId = change.CustomerId,
            // An alarm is its device's, also where a case has it, and a conversation is of its own queue.
            CaseId =
                change.Kind is "case" ? Text(root, "id")
                : change.Kind is "alarm" or "conversation" ? null
                : Text(about, "caseId"),
            ConversationId = change.Kind is "conversation" ? Text(root, "id") : Text(about, "conversationId"),
            DeviceId = change.Kind is "conversation" ? null : change.DeviceId,
            SiteId = change.Kind is "offer" or "decision" ? null : Text(about, "siteId"),
        };
    }

    private static string? Text(JsonElement element, string member) =>
        element.TryGetProperty(member, out JsonElement value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
