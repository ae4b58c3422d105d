using System.Text.Encodings.Web;
using System.Text.Json;

namespace OmniIoT.Dialects.Sparkplug.Native;

/// <summary>How messages of our own topics are written here.</summary>
internal static class NativeJson
{
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonEncodedText Encode(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
}
