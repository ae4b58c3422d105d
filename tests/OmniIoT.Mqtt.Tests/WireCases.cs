using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Mqtt.Tests;

/// <summary>
/// The one table of packets, valid and malformed, for codec, client and server alike. Valid packets are in the form
/// our own encoder chooses (its order of properties), so that decoding and encoding gives the same bytes.
/// </summary>
public static class WireCases
{
    private const ProtocolVersion V311 = ProtocolVersion.V311;
    private const ProtocolVersion V5 = ProtocolVersion.V5;
    private const ReasonCode Malformed = ReasonCode.MalformedPacket;
    private const ReasonCode ProtocolError = ReasonCode.ProtocolError;

    public static IReadOnlyList<WireCase> Valid { get; } =
    [
        Ok("connect, empty client id", V311, Sender.Client, "10 ( s:MQTT 04 02 003c s: )", "CONNECT id= clean keepAlive=60"),
        Ok(
            "connect, everything",
            V311,
            Sender.Client,
            "10 ( s:MQTT 04 f6 000a s:dev s:w/t s:bye s:user s:pass )",
            "CONNECT id=dev clean keepAlive=10 will=w/t:627965 willQos=2 willRetain user=user password=70617373"
        ),
        Ok("connect, persistent session", V311, Sender.Client, "10 ( s:MQTT 04 00 0000 s:dev )", "CONNECT id=dev keepAlive=0"),
        Ok(
            "connect, user name without password",
            V311,
            Sender.Client,
            "10 ( s:MQTT 04 82 0000 s:dev s:u )",
            "CONNECT id=dev clean keepAlive=0 user=u"
        ),
        Ok("connect, minimal", V5, Sender.Client, "10 ( s:MQTT 05 02 003c ( ) s:a )", "CONNECT id=a clean keepAlive=60"),
        Ok(
            "connect, password without user name",
            V5,
            Sender.Client,
            "10 ( s:MQTT 05 42 0000 ( ) s:a s:p )",
            "CONNECT id=a clean keepAlive=0 password=70"
        ),
        Ok(
            "connect, all properties",
            V5,
            Sender.Client,
            "10 ( s:MQTT 05 02 0000 ( 22 000a 27 00010000 21 0014 11 00000e10 15 s:m 16 s:d 17 00 19 01 26 s:k s:v 26 s:k s:w ) s:a )",
            "CONNECT id=a clean keepAlive=0 {TopicAliasMaximum=10 MaximumPacketSize=65536 ReceiveMaximum=20 SessionExpiryInterval=3600 AuthenticationMethod=m AuthenticationData=64 RequestProblemInformation=0 RequestResponseInformation=1 UserProperty=k:v UserProperty=k:w}"
        ),
        Ok(
            "connect, will with all properties",
            V5,
            Sender.Client,
            "10 ( s:MQTT 05 2e 0000 ( ) s:a ( 01 01 02 0000003c 03 s:text 08 s:re 09 s:c 18 00000005 26 s:k s:v ) s:w s: )",
            "CONNECT id=a clean keepAlive=0 will=w: willQos=1 willRetain {PayloadFormatIndicator=1 MessageExpiryInterval=60 ContentType=text ResponseTopic=re CorrelationData=63 WillDelayInterval=5 UserProperty=k:v}"
        ),
        Ok("connack, accepted", V311, Sender.Server, "20 ( 00 00 )", "CONNACK Success"),
        Ok("connack, session present", V311, Sender.Server, "20 ( 01 00 )", "CONNACK Success sessionPresent"),
        Ok("connack, not authorized", V311, Sender.Server, "20 ( 00 05 )", "CONNACK NotAuthorized"),
        Ok("connack, accepted", V5, Sender.Server, "20 ( 01 00 ( ) )", "CONNACK Success sessionPresent"),
        Ok("connack, refused", V5, Sender.Server, "20 ( 00 87 ( 1f s:no ) )", "CONNACK NotAuthorized {ReasonString=no}"),
        Ok(
            "connack, all properties",
            V5,
            Sender.Server,
            "20 ( 00 00 ( 13 001e 22 0010 12 s:id 27 00100000 21 ffff 11 00000000 15 s:m 16 s:d 1a s:i 1c s:s 1f s:r 24 01 25 00 26 s:k s:v 28 00 29 01 2a 00 ) )",
            "CONNACK Success {ServerKeepAlive=30 TopicAliasMaximum=16 AssignedClientIdentifier=id MaximumPacketSize=1048576 ReceiveMaximum=65535 SessionExpiryInterval=0 AuthenticationMethod=m AuthenticationData=64 ResponseInformation=i ServerReference=s ReasonString=r MaximumQos=1 RetainAvailable=0 UserProperty=k:v WildcardSubscriptionAvailable=0 SubscriptionIdentifierAvailable=1 SharedSubscriptionAvailable=0}"
        ),
        Ok("publish, QoS 0", V311, Sender.Either, "30 ( s:a/b r:hi )", "PUBLISH topic=a/b qos=0 payload=6869"),
        Ok(
            "publish, QoS 1 retained again",
            V311,
            Sender.Either,
            "3b ( s:a 000a r:x )",
            "PUBLISH topic=a qos=1 dup retain id=10 payload=78"
        ),
        Ok("publish, QoS 2, empty payload", V311, Sender.Either, "34 ( s:a ffff )", "PUBLISH topic=a qos=2 id=65535 payload="),
        Ok("publish, U+FEFF stays", V311, Sender.Either, "30 ( 0003 efbbbf )", "PUBLISH topic=\ufeff qos=0 payload="),
        Ok("publish, four-byte character", V5, Sender.Either, "30 ( 0004 f09f8c8d ( ) )", "PUBLISH topic=\U0001F30D qos=0 payload="),
        Ok("publish, QoS 0", V5, Sender.Either, "30 ( s:a/b ( ) r:hi )", "PUBLISH topic=a/b qos=0 payload=6869"),
        Ok(
            "publish, all properties of a client",
            V5,
            Sender.Either,
            "32 ( s:a 0001 ( 01 01 02 00000078 03 s:json 08 s:re/ply 09 s:corr 23 0001 26 s:b s:1 26 s:a s:2 ) r:{} )",
            "PUBLISH topic=a qos=1 id=1 payload=7b7d {PayloadFormatIndicator=1 MessageExpiryInterval=120 ContentType=json ResponseTopic=re/ply CorrelationData=636f7272 TopicAlias=1 UserProperty=b:1 UserProperty=a:2}"
        ),
        Ok("publish, topic alias alone", V5, Sender.Either, "30 ( s: ( 23 0002 ) r:x )", "PUBLISH topic= qos=0 payload=78 {TopicAlias=2}"),
        Ok(
            "publish, several subscription identifiers",
            V5,
            Sender.Server,
            "30 ( s:a ( 0b 01 0b ffffff7f ) )",
            "PUBLISH topic=a qos=0 payload= {SubscriptionIdentifier=1 SubscriptionIdentifier=268435455}"
        ),
        .. Acknowledgements(),
        Ok("subscribe, two filters", V311, Sender.Client, "82 ( 0001 s:a/+ 01 s:# 02 )", "SUBSCRIBE id=1 a/+:1 #:2"),
        Ok(
            "subscribe, all options",
            V5,
            Sender.Client,
            "82 ( 0001 ( 0b 07 26 s:k s:v ) s:a 2e s:$share/g/b/# 19 )",
            "SUBSCRIBE id=1 a:2 noLocal asPublished DoNotSend $share/g/b/#:1 asPublished SendAtSubscribeIfNew {SubscriptionIdentifier=7 UserProperty=k:v}"
        ),
        Ok("suback", V311, Sender.Server, "90 ( 0001 00 01 02 80 )", "SUBACK id=1 Success GrantedQos1 GrantedQos2 UnspecifiedError"),
        Ok(
            "suback",
            V5,
            Sender.Server,
            "90 ( 0001 ( 1f s:r ) 02 8f a2 )",
            "SUBACK id=1 GrantedQos2 TopicFilterInvalid WildcardSubscriptionsNotSupported {ReasonString=r}"
        ),
        Ok("unsubscribe", V311, Sender.Client, "a2 ( 0002 s:a s:b/# )", "UNSUBSCRIBE id=2 a b/#"),
        Ok("unsubscribe", V5, Sender.Client, "a2 ( 0002 ( 26 s:k s:v ) s:a )", "UNSUBSCRIBE id=2 a {UserProperty=k:v}"),
        Ok("unsuback", V311, Sender.Server, "b0 ( 0002 )", "UNSUBACK id=2"),
        Ok("unsuback", V5, Sender.Server, "b0 ( 0002 ( ) 00 11 )", "UNSUBACK id=2 Success NoSubscriptionExisted"),
        Ok("pingreq", V311, Sender.Client, "c000", "PINGREQ"),
        Ok("pingreq", V5, Sender.Client, "c000", "PINGREQ"),
        Ok("pingresp", V311, Sender.Server, "d000", "PINGRESP"),
        Ok("pingresp", V5, Sender.Server, "d000", "PINGRESP"),
        Ok("disconnect", V311, Sender.Client, "e000", "DISCONNECT Success"),
        Ok("disconnect", V5, Sender.Either, "e000", "DISCONNECT Success"),
        Ok("disconnect with reason", V5, Sender.Either, "e0 ( 04 )", "DISCONNECT DisconnectWithWillMessage"),
        Ok(
            "disconnect with session expiry",
            V5,
            Sender.Client,
            "e0 ( 00 ( 11 0000000a ) )",
            "DISCONNECT Success {SessionExpiryInterval=10}"
        ),
        Ok(
            "disconnect by the server",
            V5,
            Sender.Server,
            "e0 ( 9c ( 1c s:other 1f s:moved 26 s:k s:v ) )",
            "DISCONNECT UseAnotherServer {ServerReference=other ReasonString=moved UserProperty=k:v}"
        ),
        Ok("auth, success", V5, Sender.Server, "f000", "AUTH Success"),
        Ok(
            "auth, continue",
            V5,
            Sender.Either,
            "f0 ( 18 ( 15 s:m 16 s:d 1f s:r 26 s:k s:v ) )",
            "AUTH ContinueAuthentication {AuthenticationMethod=m AuthenticationData=64 ReasonString=r UserProperty=k:v}"
        ),
    ];

    public static IReadOnlyList<WireCase> Refused { get; } =
    [
        .. InBothVersions("reserved packet type 0", "0000", Malformed),
        .. InBothVersions("five-byte remaining length", "30 ff ff ff ff 01", Malformed),
        .. InBothVersions("larger than the maximum", "30 ff ff ff 7f", ReasonCode.PacketTooLarge),
        .. InBothVersions("flags in CONNECT", "11 ( s:MQTT 04 02 0000 s:a )", Malformed),
        .. InBothVersions("flags in PUBACK", "42 ( 0001 )", Malformed),
        .. InBothVersions("flags missing in PUBREL", "60 ( 0001 )", Malformed),
        .. InBothVersions("flags missing in SUBSCRIBE", "80 ( 0001 00 s:a 00 )", Malformed),
        .. InBothVersions("flags missing in UNSUBSCRIBE", "a0 ( 0001 00 s:a )", Malformed),
        .. InBothVersions("flags in PINGREQ", "c100", Malformed),
        .. InBothVersions("flags in DISCONNECT", "e100", Malformed),
        .. InBothVersions("body in PINGREQ", "c0 ( 00 )", Malformed),
        .. InBothVersions("publish, QoS 3", "36 ( s:a 0001 00 )", Malformed),
        .. InBothVersions("publish, DUP with QoS 0", "38 ( s:a 00 )", Malformed),
        .. InBothVersions("publish, packet identifier 0", "32 ( s:a 0000 00 )", ProtocolError),
        .. InBothVersions("publish, wildcard in topic", "30 ( s:a/+ 00 )", Malformed),
        .. InBothVersions("publish, multi-level wildcard in topic", "30 ( s:a/# 00 )", Malformed),
        .. InBothVersions("publish, empty topic", "30 ( s: 00 )", ProtocolError),
        .. InBothVersions("publish, U+0000 in topic", "30 ( 0003 610062 00 )", Malformed),
        .. InBothVersions("publish, U+0001 in topic", "30 ( 0003 610162 00 )", Malformed),
        .. InBothVersions("publish, U+001F in topic", "30 ( 0003 611f62 00 )", Malformed),
        .. InBothVersions("publish, U+007F in topic", "30 ( 0003 617f62 00 )", Malformed),
        .. InBothVersions("publish, U+009F in topic", "30 ( 0005 c3bfc29f62 00 )", Malformed),
        Bad("subscribe, U+0080 in filter", V311, "82 ( 0001 0003 61c280 00 )", Malformed),
        Bad("subscribe, U+000A in filter", V5, "82 ( 0001 ( ) 0002 610a 00 )", Malformed),
        Bad("connect, U+001B in client id", V311, "10 ( s:MQTT 04 02 0000 0002 611b )", Malformed),
        Bad("connect, U+001B in client id", V5, "10 ( s:MQTT 05 02 0000 ( ) 0002 611b )", Malformed),
        Bad("connect, U+0085 in user name", V311, "10 ( s:MQTT 04 82 0000 s:a 0003 61c285 )", Malformed),
        Bad("connect, U+0085 in user name", V5, "10 ( s:MQTT 05 82 0000 ( ) s:a 0003 61c285 )", Malformed),
        Bad("connect, U+0009 in will topic", V311, "10 ( s:MQTT 04 06 0000 s:a 0002 6109 s:x )", Malformed),
        .. InBothVersions("publish, surrogate in topic", "30 ( 0003 eda080 00 )", Malformed),
        .. InBothVersions("publish, overlong form in topic", "30 ( 0002 c0af 00 )", Malformed),
        .. InBothVersions("publish, broken UTF-8 in topic", "30 ( 0001 ff 00 )", Malformed),
        .. InBothVersions("publish, topic longer than packet", "30 ( 0005 6161 )", Malformed),
        .. InBothVersions("publish, no packet identifier", "32 ( s:a )", Malformed),
        .. InBothVersions("publish, empty body", "3000", Malformed),
        .. InBothVersions("connect, protocol name", "10 ( s:MQIsdp 03 02 0000 s:a )", ReasonCode.UnsupportedProtocolVersion),
        .. InBothVersions("connect, level 3", "10 ( s:MQTT 03 02 0000 s:a )", ReasonCode.UnsupportedProtocolVersion),
        .. InBothVersions("connect, level 6", "10 ( s:MQTT 06 02 0000 s:a )", ReasonCode.UnsupportedProtocolVersion),
        .. InBothVersions("puback, packet identifier 0", "40 ( 0000 )", Malformed),
        .. InBothVersions("puback, one byte", "40 ( 00 )", Malformed),
        Bad("auth", V311, "f000", Malformed),
        Bad("connect, reserved flag", V311, "10 ( s:MQTT 04 03 0000 s:a )", Malformed),
        Bad("connect, will QoS without will", V311, "10 ( s:MQTT 04 0a 0000 s:a )", Malformed),
        Bad("connect, will retain without will", V311, "10 ( s:MQTT 04 22 0000 s:a )", Malformed),
        Bad("connect, will QoS 3", V311, "10 ( s:MQTT 04 1e 0000 s:a s:w s: )", Malformed),
        Bad("connect, password without user name", V311, "10 ( s:MQTT 04 42 0000 s:a s:p )", Malformed),
        Bad("connect, user name missing", V311, "10 ( s:MQTT 04 82 0000 s:a )", Malformed),
        Bad("connect, more than announced", V311, "10 ( s:MQTT 04 02 0000 s:a s:u )", Malformed),
        Bad("connect, no client id", V311, "10 ( s:MQTT 04 02 0000 )", Malformed),
        Bad("connect, wildcard in will topic", V311, "10 ( s:MQTT 04 06 0000 s:a s:w/# s: )", Malformed),
        Bad("connack, reserved flags", V311, "20 ( 02 00 )", Malformed),
        Bad("connack, unknown return code", V311, "20 ( 00 06 )", ProtocolError),
        Bad("connack, refused with session", V311, "20 ( 01 05 )", ProtocolError),
        Bad("puback, too long", V311, "40 ( 0001 00 )", Malformed),
        Bad("subscribe, no filter", V311, "82 ( 0001 )", ProtocolError),
        Bad("subscribe, packet identifier 0", V311, "82 ( 0000 s:a 00 )", Malformed),
        Bad("subscribe, QoS 3", V311, "82 ( 0001 s:a 03 )", ProtocolError),
        Bad("subscribe, reserved bits", V311, "82 ( 0001 s:a 04 )", Malformed),
        Bad("subscribe, empty filter", V311, "82 ( 0001 s: 00 )", Malformed),
        Bad("subscribe, # not last", V311, "82 ( 0001 s:a/#/b 00 )", Malformed),
        Bad("subscribe, + inside a level", V311, "82 ( 0001 s:a+ 00 )", Malformed),
        Bad("subscribe, no options", V311, "82 ( 0001 s:a )", Malformed),
        Bad("suback, unknown return code", V311, "90 ( 0001 03 )", ProtocolError),
        Bad("suback, empty", V311, "90 ( 0001 )", ProtocolError),
        Bad("unsubscribe, no filter", V311, "a2 ( 0001 )", ProtocolError),
        Bad("unsuback, too long", V311, "b0 ( 0001 00 )", Malformed),
        Bad("disconnect, too long", V311, "e0 ( 00 )", Malformed),
        Bad("remaining length longer than needed", V5, "c0 80 00", Malformed),
        Bad("property length longer than needed", V5, "30 ( s:a 80 00 )", Malformed),
        Bad("property length beyond the packet", V5, "30 ( s:a 05 23 )", Malformed),
        Bad("property cut off", V5, "30 ( s:a ( 23 00 ) )", Malformed),
        Bad("property identifier unknown", V5, "30 ( s:a ( 7f 00 ) )", Malformed),
        Bad("property identifier longer than a byte", V5, "30 ( s:a ( 8101 00 ) )", Malformed),
        Bad("property of another packet", V5, "30 ( s:a ( 11 00000000 ) )", Malformed),
        Bad("property twice", V5, "30 ( s:a ( 01 00 01 00 ) )", ProtocolError),
        Bad("property with broken UTF-8", V5, "30 ( s:a ( 26 0001 ff s:v ) )", Malformed),
        Bad("publish, topic alias 0", V5, "30 ( s:a ( 23 0000 ) )", ReasonCode.TopicAliasInvalid),
        Bad("publish, payload format 2", V5, "30 ( s:a ( 01 02 ) )", ProtocolError),
        Bad("publish, wildcard in response topic", V5, "30 ( s:a ( 08 s:r/# ) )", Malformed),
        Bad("publish, subscription identifier 0", V5, "30 ( s:a ( 0b 00 ) )", ProtocolError),
        Bad("connect, reserved flag", V5, "10 ( s:MQTT 05 03 0000 ( ) s:a )", Malformed),
        Bad("connect, will QoS without will", V5, "10 ( s:MQTT 05 0a 0000 ( ) s:a )", Malformed),
        Bad("connect, will QoS 3", V5, "10 ( s:MQTT 05 1e 0000 ( ) s:a ( ) s:w s: )", Malformed),
        Bad("connect, receive maximum 0", V5, "10 ( s:MQTT 05 02 0000 ( 21 0000 ) s:a )", ProtocolError),
        Bad("connect, maximum packet size 0", V5, "10 ( s:MQTT 05 02 0000 ( 27 00000000 ) s:a )", ProtocolError),
        Bad("connect, request problem information 2", V5, "10 ( s:MQTT 05 02 0000 ( 17 02 ) s:a )", ProtocolError),
        Bad("connect, authentication data without method", V5, "10 ( s:MQTT 05 02 0000 ( 16 s:d ) s:a )", ProtocolError),
        Bad("connect, will delay outside the will", V5, "10 ( s:MQTT 05 02 0000 ( 18 00000001 ) s:a )", Malformed),
        Bad("connack, unknown reason code", V5, "20 ( 00 01 ( ) )", ProtocolError),
        Bad("connack, refused with session", V5, "20 ( 01 87 ( ) )", ProtocolError),
        Bad("puback, reason code of another packet", V5, "40 ( 0001 92 )", ProtocolError),
        Bad("pubrel, reason code of another packet", V5, "62 ( 0001 10 )", ProtocolError),
        Bad("puback, property of another packet", V5, "40 ( 0001 00 ( 01 00 ) )", Malformed),
        Bad("puback, bytes behind the properties", V5, "40 ( 0001 00 ( ) 00 )", Malformed),
        Bad("subscribe, no filter", V5, "82 ( 0001 ( ) )", ProtocolError),
        Bad("subscribe, QoS 3", V5, "82 ( 0001 ( ) s:a 03 )", ProtocolError),
        Bad("subscribe, retain handling 3", V5, "82 ( 0001 ( ) s:a 30 )", ProtocolError),
        Bad("subscribe, reserved bits", V5, "82 ( 0001 ( ) s:a 40 )", Malformed),
        Bad("subscribe, no local on a shared subscription", V5, "82 ( 0001 ( ) s:$share/g/a 04 )", ProtocolError),
        Bad("subscribe, share name missing", V5, "82 ( 0001 ( ) s:$share//a 00 )", Malformed),
        Bad("subscribe, share name with wildcard", V5, "82 ( 0001 ( ) s:$share/+/a 00 )", Malformed),
        Bad("subscribe, filter of share missing", V5, "82 ( 0001 ( ) s:$share/g/ 00 )", Malformed),
        Bad("subscribe, two subscription identifiers", V5, "82 ( 0001 ( 0b 01 0b 02 ) s:a 00 )", ProtocolError),
        Bad("suback, unknown reason code", V5, "90 ( 0001 ( ) 03 )", ProtocolError),
        Bad("unsubscribe, no filter", V5, "a2 ( 0001 ( ) )", ProtocolError),
        Bad("unsuback, unknown reason code", V5, "b0 ( 0001 ( ) 10 )", ProtocolError),
        Bad("disconnect, unknown reason code", V5, "e0 ( 01 )", ProtocolError),
        Bad("auth, no method", V5, "f0 ( 18 ( ) )", ProtocolError),
        Bad("auth, unknown reason code", V5, "f0 ( 87 ( 15 s:m ) )", ProtocolError),
        Bad("flags in AUTH", V5, "f100", Malformed),
    ];

    private static IEnumerable<WireCase> Acknowledgements()
    {
        (string FirstByte, string Name, ReasonCode Reason)[] kinds =
        [
            ("40", "PUBACK", ReasonCode.NoMatchingSubscribers),
            ("50", "PUBREC", ReasonCode.QuotaExceeded),
            ("62", "PUBREL", ReasonCode.PacketIdentifierNotFound),
            ("70", "PUBCOMP", ReasonCode.PacketIdentifierNotFound),
        ];
        foreach ((string? first, string? name, ReasonCode reason) in kinds)
        {
            yield return Ok(name, V311, Sender.Either, $"{first} ( 0102 )", $"{name} id=258 Success");
            yield return Ok(name, V5, Sender.Either, $"{first} ( 0102 )", $"{name} id=258 Success");
            yield return Ok($"{name} with reason", V5, Sender.Either, $"{first} ( 0102 {(byte)reason:x2} )", $"{name} id=258 {reason}");
            yield return Ok(
                $"{name} with properties",
                V5,
                Sender.Either,
                $"{first} ( 0102 00 ( 1f s:r 26 s:k s:v ) )",
                $"{name} id=258 Success {{ReasonString=r UserProperty=k:v}}"
            );
        }
    }

    private static WireCase Ok(string name, ProtocolVersion version, Sender from, string notation, string expected) =>
        new(name, version, from, notation, expected, null);

    private static WireCase Bad(string name, ProtocolVersion version, string notation, ReasonCode refusal) =>
        new(name, version, Sender.Either, notation, null, refusal);

    private static WireCase[] InBothVersions(string name, string notation, ReasonCode refusal) =>
        [Bad(name, V311, notation, refusal), Bad(name, V5, notation, refusal)];
}
