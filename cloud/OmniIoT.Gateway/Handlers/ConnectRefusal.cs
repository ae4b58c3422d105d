using System.Buffers;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Handlers;

/// <summary>Why a CONNECT is refused.</summary>
/// <param name="Text">For the client's people; tells nothing that helps to guess credentials.</param>
internal sealed record ConnectRefusal(ReasonCode Code, string Text)
{
    public static readonly ConnectRefusal AuthenticationMethod = new(
        ReasonCode.BadAuthenticationMethod,
        "Enhanced authentication is not offered: sign in with user name and password."
    );
    public static readonly ConnectRefusal ClientIdMissing = new(
        ReasonCode.ClientIdentifierNotValid,
        "A session that is kept needs a client identifier."
    );
    public static readonly ConnectRefusal WillTopic = new(
        ReasonCode.NotAuthorized,
        "The will topic does not lie below the root of who signs in."
    );
    public static readonly ConnectRefusal WillTooDeep = new(ReasonCode.TopicNameInvalid, "The will topic has too many levels.");
    public static readonly ConnectRefusal Storage = new(ReasonCode.ServerUnavailable, "Storage cannot write now: try again later.");

    public static ConnectRefusal ClientIdTooLong(int longest) =>
        new(ReasonCode.ClientIdentifierNotValid, $"A client identifier has at most {longest} characters.");

    public static ConnectRefusal SignIn(ReasonCode code) =>
        new(
            code,
            code switch
            {
                ReasonCode.Banned => "Too many refused sign-ins from this address: try again later.",
                ReasonCode.BadUserNameOrPassword => "The user name or the password is wrong.",
                _ => "Sign in with user name and password.",
            }
        );

    /// <summary>The CONNACK that tells it.</summary>
    public Action<IBufferWriter<byte>, string?> Encode(ProtocolVersion version) =>
        (output, reason) => new ConnAckPacket(Code) { Properties = new PacketProperties { ReasonString = reason } }.Encode(version, output);
}
