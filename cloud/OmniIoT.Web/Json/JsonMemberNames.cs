using System.Text.Json;

namespace OmniIoT.Web.Json;

/// <summary>The names of the members that a reader has met in each object that is still open.</summary>
internal sealed class JsonMemberNames
{
    private readonly Stack<HashSet<string>> _open = new();

    /// <summary>Takes the token at which the reader stands; the name, when the object that it is in has it already.</summary>
    public string? TakesTwice(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                _open.Push(new HashSet<string>(StringComparer.Ordinal));
                return null;
            case JsonTokenType.EndObject:
                _open.Pop();
                return null;
            case JsonTokenType.PropertyName:
                string name = reader.GetString()!;
                return _open.Peek().Add(name) ? null : name;
            default:
                return null;
        }
    }
}
