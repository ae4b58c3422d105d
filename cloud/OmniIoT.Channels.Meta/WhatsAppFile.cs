using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Meta;

/// <summary>
/// A file as WhatsApp's Cloud API takes it (developers.facebook.com/docs/whatsapp/cloud-api/reference/media). What is neither a picture nor
/// a film that it shows is a document: sounds carry no words.
/// </summary>
internal static class WhatsAppFile
{
    public static HttpContent Upload(Attachment attachment, ReadOnlyMemory<byte> content)
    {
        ReadOnlyMemoryContent file = new(content) { Headers = { ContentType = new MediaTypeHeaderValue(attachment.Type) } };
        return new MultipartFormDataContent
        {
            { new StringContent("whatsapp"), "messaging_product" },
            { new StringContent(attachment.Type), "type" },
            { file, "file", attachment.Name },
        };
    }

    /// <summary>Has a message name a file that was handed over.</summary>
    public static void Name(JsonObject message, Attachment attachment, string id, string caption)
    {
        string kind = attachment.Type switch
        {
            "image/jpeg" or "image/png" => "image",
            "video/mp4" => "video",
            _ => "document",
        };
        JsonObject file = new() { ["id"] = id, ["caption"] = caption };
        if (kind == "document")
            file["filename"] = attachment.Name;
        message["type"] = kind;
        message[kind] = file;
    }
}
