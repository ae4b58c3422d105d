using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace OmniIoT.Channels.Twilio;

/// <summary>The fields of a call, <c>application/x-www-form-urlencoded</c>.</summary>
internal sealed class TwilioForm
{
    private const int MostFields = 200;

    private readonly Dictionary<string, StringValues> _fields;

    private TwilioForm(Dictionary<string, StringValues> fields) => _fields = fields;

    /// <summary>Null when the body is no form.</summary>
    public static TwilioForm? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using FormReader reader = new(Encoding.UTF8.GetString(body.Span)) { ValueCountLimit = MostFields };
            return new TwilioForm(reader.ReadForm());
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Null when it is missing or empty.</summary>
    public string? this[string name] =>
        _fields.TryGetValue(name, out StringValues values) && values is [{ Length: > 0 } value, ..] ? value : null;

    /// <summary>What the provider signs of the form: each name with its values, in the order of the names.</summary>
    public string Signed() =>
        string.Concat(
            _fields
                .OrderBy(field => field.Key, StringComparer.Ordinal)
                .SelectMany(field => field.Value.Distinct().Order(StringComparer.Ordinal).Select(value => field.Key + value))
        );
}
