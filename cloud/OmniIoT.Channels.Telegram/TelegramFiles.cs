using System.Text.Json.Nodes;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Telegram;

/// <summary>
/// Files as the Bot API takes them, by one call, the words as caption: a picture (<c>sendPhoto</c>), a document (<c>sendDocument</c>), or a
/// group of documents (<c>sendMediaGroup</c>; 2 to 10).
/// </summary>
internal static class TelegramFiles
{
    // Larger pictures are sent as documents.
    private const int LargestPhoto = 10 * 1024 * 1024;

    public static (string Method, HttpContent Body) Of(
        string chat,
        string caption,
        IReadOnlyList<(Attachment Attachment, ReadOnlyMemory<byte> Content)> files
    )
    {
        MultipartFormDataContent form = new() { { new StringContent(chat), "chat_id" } };
        if (files is [var only])
        {
            bool isPhoto = only.Attachment is { Type: "image/jpeg" or "image/png", Size: <= LargestPhoto };
            form.Add(new StringContent(caption), "caption");
            form.Add(new ReadOnlyMemoryContent(only.Content), isPhoto ? "photo" : "document", only.Attachment.Name);
            return (isPhoto ? "sendPhoto" : "sendDocument", form);
        }
        JsonArray media = [];
        foreach ((int number, (Attachment attachment, ReadOnlyMemory<byte> content)) in files.Index())
        {
            form.Add(new ReadOnlyMemoryContent(content), $"file{number}", attachment.Name);
            JsonObject one = new() { ["type"] = "document", ["media"] = $"attach://file{number}" };
            if (number == files.Count - 1)
                one["caption"] = caption;
            media.Add((JsonNode)one);
        }
        form.Add(new StringContent(media.ToJsonString()), "media");
        return ("sendMediaGroup", form);
    }
}
