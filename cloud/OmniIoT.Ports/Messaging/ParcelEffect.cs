using System.Collections.Frozen;
using System.Text.Json;
using OmniIoT.Domain;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Ports.Messaging;

/// <summary>An effect of the gateway as bytes.</summary>
/// <param name="Type">Its type's name; one of <see cref="OmniIoT.Ports.Sessions"/>, or an <see cref="Enqueue"/>.</param>
/// <param name="Json">UTF-8.</param>
public sealed record ParcelEffect(string Type, byte[] Json)
{
    private static readonly FrozenDictionary<string, Type> Known = new[]
    {
        typeof(PutSession),
        typeof(DeleteSession),
        typeof(PutSubscription),
        typeof(DeleteSubscription),
        typeof(PutSessionMessage),
        typeof(DeleteSessionMessage),
        typeof(RememberReceived),
        typeof(ForgetReceived),
        typeof(PutRetained),
        typeof(Enqueue),
    }.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);

    public static ParcelEffect Of(Effect effect) =>
        Known.ContainsKey(effect.GetType().Name)
            ? new ParcelEffect(effect.GetType().Name, JsonSerializer.SerializeToUtf8Bytes(effect, effect.GetType(), OmniJson.Options))
            : throw new NotSupportedException($"{effect.GetType().Name} is no effect that a gateway may have.");

    public Effect Read() => (Effect)JsonSerializer.Deserialize(Json, Known[Type], OmniJson.Options)!;
}
