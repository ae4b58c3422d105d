using OmniIoT.Dialects.AzureIotHub;

namespace OmniIoT.Dialects.Tests.AzureIotHub;

public sealed class HubUserNameTests
{
    [Theory]
    [InlineData(
        "localhost:8883/press-7/?api-version=2021-04-12&DeviceClientType=azure-iot-device%2F1.18.4%20(node)",
        "localhost:8883",
        "press-7",
        null
    )]
    [InlineData(
        "hub.example.net/press-7/?DeviceClientType=py/2.4 (x; y/z)&api-version=2019-10-01&model-id=dtmi:a:b;1",
        "hub.example.net",
        "press-7",
        null
    )]
    [InlineData("hub.example.net/press-7/api-version=2016-11-14", "hub.example.net", "press-7", null)]
    [InlineData("hub.example.net/press-7/m1/?api-version=2021-04-12", "hub.example.net", "press-7", "m1")]
    public void A_hubs_user_name_names_host_device_and_module(string userName, string host, string deviceId, string? moduleId)
    {
        Assert.True(HubUserName.TryParse(userName, out HubUserName? parsed));
        Assert.Equal(new HubUserName(host, deviceId, moduleId), parsed);
        Assert.Equal(moduleId is null ? deviceId : $"{deviceId}/{moduleId}", parsed.ClientId);
    }

    [Theory]
    [InlineData("press-7")]
    [InlineData("hub.example.net/press-7")]
    [InlineData("customer:ann")]
    [InlineData("")]
    [InlineData("/press-7/?api-version=1")]
    [InlineData("a/b/c/d/?api-version=1")]
    public void Other_user_names_are_not_the_hubs(string userName) => Assert.False(HubUserName.TryParse(userName, out _));
}
