using OmniIoT.Gateway.Options;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Gateway.Tests.Wire;

/// <summary>Every broken packet of the one wire table, sent through a socket.</summary>
public sealed class MalformedPacketTests
{
    private const byte ConnectFirstByte = 0x10;

    public static TheoryData<string, ProtocolVersion, string, ReasonCode> AfterConnect =>
        [
            .. Broken(wire => wire.Bytes()[0] >> 4 != 1)
                .Select(wire => new TheoryDataRow<string, ProtocolVersion, string, ReasonCode>(
                    wire.Name,
                    wire.Version,
                    wire.Notation,
                    wire.Refusal!.Value
                )),
        ];

    public static TheoryData<string, ProtocolVersion, string> Connects =>
        [
            .. Broken(wire => wire.Bytes()[0] == ConnectFirstByte)
                .Select(wire => new TheoryDataRow<string, ProtocolVersion, string>(wire.Name, wire.Version, wire.Notation)),
        ];

    [Theory, MemberData(nameof(AfterConnect))]
    [Statement("MQTT-1.5.3-1", V311), Statement("MQTT-1.5.3-2", V311), Statement("MQTT-2.2.2-2", V311), Statement("MQTT-2.3.1-1", V311)]
    [Statement("MQTT-3.3.1-2", V311), Statement("MQTT-3.3.1-4", V311), Statement("MQTT-3.3.2-1", V311), Statement("MQTT-3.3.2-2", V311)]
    [
        Statement("MQTT-3.6.1-1", V311),
        Statement("MQTT-3.8.1-1", V311),
        Statement("MQTT-3.8.3-1", V311),
        Statement("MQTT-3.8.3-3", V311),
        Statement("MQTT-3-8.3-4", V311)
    ]
    [Statement("MQTT-3.10.1-1", V311), Statement("MQTT-3.10.3-1", V311), Statement("MQTT-3.10.3-2", V311), Statement("MQTT-3.14.1-1", V311)]
    [
        Statement("MQTT-4.7.1-1", V311),
        Statement("MQTT-4.7.1-2", V311),
        Statement("MQTT-4.7.1-3", V311),
        Statement("MQTT-4.7.3-1", V311),
        Statement("MQTT-4.7.3-2", V311),
        Statement("MQTT-4.8.0-1", V311)
    ]
    [
        Statement("MQTT-1.5.4-1", V5),
        Statement("MQTT-1.5.4-2", V5),
        Statement("MQTT-1.5.5-1", V5),
        Statement("MQTT-1.5.7-1", V5),
        Statement("MQTT-2.1.3-1", V5),
        Statement("MQTT-2.2.1-3", V5)
    ]
    [
        Statement("MQTT-3.3.1-2", V5),
        Statement("MQTT-3.3.1-4", V5),
        Statement("MQTT-3.3.2-1", V5),
        Statement("MQTT-3.3.2-2", V5),
        Statement("MQTT-3.3.2-8", V5),
        Statement("MQTT-3.3.2-13", V5)
    ]
    [
        Statement("MQTT-3.3.2-14", V5),
        Statement("MQTT-3.3.2-19", V5),
        Statement("MQTT-3.6.1-1", V5),
        Statement("MQTT-3.8.1-1", V5),
        Statement("MQTT-3.8.3-1", V5),
        Statement("MQTT-3.8.3-2", V5)
    ]
    [
        Statement("MQTT-3.8.3-4", V5),
        Statement("MQTT-3.8.3-5", V5),
        Statement("MQTT-3.10.1-1", V5),
        Statement("MQTT-3.10.3-1", V5),
        Statement("MQTT-3.10.3-2", V5),
        Statement("MQTT-3.14.1-1", V5)
    ]
    [
        Statement("MQTT-3.15.1-1", V5),
        Statement("MQTT-4.7.0-1", V5),
        Statement("MQTT-4.7.1-1", V5),
        Statement("MQTT-4.7.1-2", V5),
        Statement("MQTT-4.7.3-1", V5),
        Statement("MQTT-4.7.3-2", V5)
    ]
    [
        Statement("MQTT-4.8.2-1", V5),
        Statement("MQTT-4.8.2-2", V5),
        Statement("MQTT-4.13.1-1", V5),
        Statement("MQTT-4.13.2-1", V5),
        Statement("MQTT-3.14.2-1", V5)
    ]
    public async Task A_broken_packet_ends_the_connection_with_its_reason(
        string name,
        ProtocolVersion version,
        string notation,
        ReasonCode reason
    )
    {
        // Time stands: the end comes at once, MQTT5 [MQTT-3.14.4-2].
        await using GatewayHost host = await GatewayHost.LaboratoryAsync(
            MqttGatewayOptions.Laboratory with
            {
                MaximumPacketSize = 1 << 20,
            },
            time: FakeTime.AtNoon()
        );
        await using WireClient client = await WireClient.ConnectAsync(host, version, "c");

        await client.SendRawAsync(notation);

        Assert.NotEmpty(name);
        await client.ExpectEndAsync(IsOnlySentByServers(notation) ? ReasonCode.ProtocolError : reason);
    }

    [Theory, MemberData(nameof(Connects))]
    [InlineData("client id with broken UTF-8", V311, "10 ( s:MQTT 04 02 0000 0001 ff )")]
    [InlineData("client id with broken UTF-8", V5, "10 ( s:MQTT 05 02 0000 ( ) 0001 ff )")]
    [InlineData("user name with broken UTF-8", V311, "10 ( s:MQTT 04 82 0000 s:a 0001 ff )")]
    [InlineData("user name with broken UTF-8", V5, "10 ( s:MQTT 05 82 0000 ( ) s:a 0001 ff )")]
    [InlineData("client id with a control character", V311, "10 ( s:MQTT 04 02 0000 0002 61 1b )")]
    [InlineData("client id with a control character", V5, "10 ( s:MQTT 05 02 0000 ( ) 0002 61 1b )")]
    [InlineData("client id with a control character of two bytes", V5, "10 ( s:MQTT 05 02 0000 ( ) 0002 c2 9f )")]
    [InlineData("user name with a control character", V311, "10 ( s:MQTT 04 82 0000 s:a 0001 7f )")]
    [InlineData("user name with a control character", V5, "10 ( s:MQTT 05 82 0000 ( ) s:a 0001 01 )")]
    [InlineData("will topic with a control character", V5, "10 ( s:MQTT 05 06 0000 ( ) s:a ( ) 0002 77 0a s:x )")]
    [InlineData("will topic with broken UTF-8", V311, "10 ( s:MQTT 04 06 0000 s:a 0001 ff s:x )")]
    [InlineData("will topic with broken UTF-8", V5, "10 ( s:MQTT 05 06 0000 ( ) s:a ( ) 0001 ff s:x )")]
    [InlineData("will flag without a will", V311, "10 ( s:MQTT 04 06 0000 s:a )")]
    [InlineData("will flag without a will", V5, "10 ( s:MQTT 05 06 0000 ( ) s:a )")]
    [InlineData("will without its properties", V5, "10 ( s:MQTT 05 06 0000 ( ) s:a s:w s:x )")]
    [InlineData("user name without its flag", V311, "10 ( s:MQTT 04 02 0000 s:a s:u )")]
    [InlineData("user name without its flag", V5, "10 ( s:MQTT 05 02 0000 ( ) s:a s:u )")]
    [InlineData("user name flag without a name", V5, "10 ( s:MQTT 05 82 0000 ( ) s:a )")]
    [InlineData("password flag without one", V311, "10 ( s:MQTT 04 c2 0000 s:a s:u )")]
    [InlineData("password flag without one", V5, "10 ( s:MQTT 05 42 0000 ( ) s:a )")]
    [InlineData("password without its flag", V311, "10 ( s:MQTT 04 82 0000 s:a s:u s:p )")]
    [InlineData("password without its flag", V5, "10 ( s:MQTT 05 82 0000 ( ) s:a s:u s:p )")]
    [InlineData("will retain without a will", V5, "10 ( s:MQTT 05 22 0000 ( ) s:a )")]
    [InlineData("no client id", V5, "10 ( s:MQTT 05 02 0000 ( ) )")]
    [
        Statement("MQTT-3.1.2-1", V311),
        Statement("MQTT-3.1.2-9", V311),
        Statement("MQTT-3.1.2-11", V311),
        Statement("MQTT-3.1.2-13", V311),
        Statement("MQTT-3.1.2-14", V311),
        Statement("MQTT-3.1.2-15", V311)
    ]
    [
        Statement("MQTT-3.1.2-18", V311),
        Statement("MQTT-3.1.2-19", V311),
        Statement("MQTT-3.1.2-20", V311),
        Statement("MQTT-3.1.2-21", V311),
        Statement("MQTT-3.1.2-22", V311)
    ]
    [
        Statement("MQTT-3.1.3-3", V311),
        Statement("MQTT-3.1.3-4", V311),
        Statement("MQTT-3.1.3-10", V311),
        Statement("MQTT-3.1.3-11", V311),
        Statement("MQTT-3.1.4-1", V311),
        Statement("MQTT-3.2.2-6", V311)
    ]
    [
        Statement("MQTT-3.1.2-1", V5),
        Statement("MQTT-3.1.2-3", V5),
        Statement("MQTT-3.1.2-9", V5),
        Statement("MQTT-3.1.2-11", V5),
        Statement("MQTT-3.1.2-12", V5),
        Statement("MQTT-3.1.2-13", V5)
    ]
    [Statement("MQTT-3.1.2-16", V5), Statement("MQTT-3.1.2-17", V5), Statement("MQTT-3.1.2-18", V5), Statement("MQTT-3.1.2-19", V5)]
    [
        Statement("MQTT-3.1.3-3", V5),
        Statement("MQTT-3.1.3-4", V5),
        Statement("MQTT-3.1.3-11", V5),
        Statement("MQTT-3.1.3-12", V5),
        Statement("MQTT-3.1.4-1", V5),
        Statement("MQTT-3.14.0-1", V5)
    ]
    public async Task A_broken_CONNECT_closes_the_connection(string name, ProtocolVersion version, string notation)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.OpenAsync(host, version);

        await client.SendRawAsync(notation);
        IReadOnlyList<Packet> answers = await client.ReceiveToEndAsync();

        Assert.NotEmpty(name);
        // Only a wrong level is answered: 0x01 for all that is not 5.0 or later, 0x84 else.
        Assert.All(answers, answer => Assert.Contains(answer.Body[1], (byte[])[0x01, 0x84]));
        Assert.Equal(0, host.Sessions.Count);
    }

    [Theory]
    [InlineData("10 ( s:MQTT 05 03 0000 ( ) s:a )", ReasonCode.MalformedPacket)]
    [InlineData("10 ( s:MQTT 05 02 0000 ( 21 0000 ) s:a )", ReasonCode.ProtocolError)]
    [InlineData("10 ( s:MQTT 06 02 0000 ( ) s:a )", ReasonCode.UnsupportedProtocolVersion)]
    [Statement("MQTT-3.2.2-6", V5), Statement("MQTT-3.2.2-8", V5)]
    public async Task Outside_of_laboratory_mode_a_broken_CONNECT_is_answered_with_its_reason_in_5(string notation, ReasonCode reason)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient client = await WireClient.OpenAsync(host, V5);

        await client.SendRawAsync(notation);
        ConnAckPacket answer = Assert.Single(await client.ReceiveToEndAsync()).AsConnAck();

        Assert.Equal((reason, false), (answer.ReasonCode, answer.SessionPresent));
        Assert.NotEmpty(answer.Properties.ReasonString!);
    }

    private static IEnumerable<WireCase> Broken(Func<WireCase, bool> where) => WireCases.Refused.Where(where);

    private static bool IsOnlySentByServers(string notation) =>
        notation[0] is '9' or 'b' or 'd'
        || notation.StartsWith("20", StringComparison.Ordinal)
        || notation.StartsWith("f0", StringComparison.Ordinal);
}
