using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Tests.Dialects.Makers;

public sealed class OwnTracksTests
{
    [Fact]
    public async Task A_phone_subscribes_as_the_app_does_and_says_where_it_is()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient phone = await WireClient.DeviceAsync(host, V5);

        foreach (string filter in (string[])["owntracks/press-7/phone/cmd", "owntracks/+/+", "owntracks/+/+/event", "owntracks/+/+/info"])
            Assert.Equal([ReasonCode.GrantedQos1], await phone.SubscribeAsync(filter, qos: 1));
        Assert.Equal(
            ReasonCode.Success,
            await phone.SayAsync("owntracks/press-7/phone", """{"_type":"location","lat":40.41,"lon":49.86,"acc":8,"tst":1}""")
        );

        Assert.Equal(["""devices/press-7/location {"ts":1000,"lat":40.41,"lon":49.86,"accuracy":8}"""], host.Ingress.Said());
    }

    [Fact]
    public async Task A_customers_phone_says_where_the_customer_is_and_nothing_for_others()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient phone = await WireClient.ConnectAsync(
            host,
            V5,
            "app",
            with: packet => packet with { UserName = "customer:ann", Password = "t0ken"u8.ToArray() }
        );

        Assert.Equal([ReasonCode.GrantedQos1], await phone.SubscribeAsync("owntracks/+/+", qos: 1));
        Assert.Equal(
            ReasonCode.Success,
            await phone.SayAsync("owntracks/customer:ann/phone", """{"_type":"location","lat":40.41,"lon":49.86,"acc":8,"tst":1}""")
        );
        Assert.Equal(ReasonCode.NotAuthorized, await phone.SayAsync("owntracks/bob/phone", """{"_type":"location","lat":1,"lon":2}"""));

        Assert.Equal(["""customers/ann/location {"ts":1000,"lat":40.41,"lon":49.86,"accuracy":8}"""], host.Ingress.Said());
    }

    [Fact]
    public async Task Anothers_positions_are_not_its_own()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient phone = await WireClient.DeviceAsync(host, V5);
        await using WireClient other = await WireClient.DeviceAsync(host, V5, "c2", device: "press-8");
        await other.SubscribeAsync("owntracks/+/+");

        Assert.Equal(ReasonCode.NotAuthorized, await phone.SayAsync("owntracks/press-8/phone", """{"_type":"location","lat":1,"lon":2}"""));
        Assert.Equal([ReasonCode.NotAuthorized], await phone.SubscribeAsync("owntracks/press-8/phone/cmd"));
        Assert.Equal(ReasonCode.Success, await phone.SayAsync("owntracks/press-7/phone", """{"_type":"location","lat":1,"lon":2}"""));

        await other.ExpectNothingAsync();
    }
}
