using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Meta;

/// <summary>
/// A file as Messenger's Send API takes it, in the form of its message
/// (developers.facebook.com/docs/messenger-platform/send-messages). What is neither a picture, a film nor a sound that it plays is a file.
/// </summary>
internal static class MessengerFile
{
    /// <param name="message">Whom it is for, and as what.</param>
    public static HttpContent FormOf(JsonObject message, Attachment attachment, ReadOnlyMemory<byte> content)
    {
        MultipartFormDataContent form = [];
        foreach ((string name, JsonNode? value) in message)
            form.Add(new StringContent(value is JsonObject ? value.ToJsonString() : $"{value}"), name);
        JsonObject file = new()
        {
            ["attachment"] = new JsonObject
            {
                ["type"] = KindOf(attachment),
                ["payload"] = new JsonObject { ["is_reusable"] = false },
            },
        };
        form.Add(new StringContent(file.ToJsonString()), "message");
        form.Add(
            new ReadOnlyMemoryContent(content) { Headers = { ContentType = new MediaTypeHeaderValue(attachment.Type) } },
            "filedata",
            attachment.Name
        );
        return form;
    }

    private static string KindOf(Attachment attachment) =>
        attachment.Type switch
        {
            "image/jpeg" or "image/png" or "image/gif" => "image",
            "video/mp4" => "video",
            "audio/mpeg" => "audio",
            _ => "file",
        };
}
