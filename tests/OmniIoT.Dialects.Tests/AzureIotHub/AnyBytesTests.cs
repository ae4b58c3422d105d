using System.Text;
using System.Text.Json;
using OmniIoT.Dialects.AzureIotHub;

namespace OmniIoT.Dialects.Tests.AzureIotHub;

/// <summary>Whatever a device sends is read without an exception.</summary>
public sealed class AnyBytesTests
{
    private static readonly string[] Seeds =
    [
        "devices/press-7/messages/events/%24.mid=1&a=%C3%BC&b/",
        "$iothub/twin/PATCH/properties/reported/?$rid=1&$version=4",
        "$iothub/methods/res/200/?$rid=c1",
        "SharedAccessSignature sr=localhost%3A8883%2Fdevices%2Fpress-7&sig=WSwGxNiTJWBAMyeJKg5Mi7XlIUjOLVnH2xI%2BczZOnsY%3D&se=1900000000",
        "localhost:8883/press-7/?api-version=2021-04-12",
        """[{"ts":1,"seq":2,"values":{"a":1,"b":"x\u00fc"}},{"a":true}]""",
        "%ED%A0%80=%ff&%24.ctime=%00",
    ];

    [Fact]
    public void Mutations_of_what_is_right_are_read_or_refused()
    {
        Random random = new(7);
        for (int i = 0; i < 50_000; i++)
        {
            byte[] bytes = Mutate(Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]), random);

            HubTopic topic = HubTopic.Parse(bytes);
            HubEvent said = HubEvent.Read(topic.Kind == HubTopicKind.Events ? topic.Properties : bytes);
            byte[] completed = said.Complete(Mutate(Encoding.UTF8.GetBytes(Seeds[5]), random)).ToArray();
            _ = SharedAccessSignature.TryParse(bytes, out _);
            _ = HubUserName.TryParse(Encoding.UTF8.GetString(bytes), out _);
            using JsonDocument response = JsonDocument.Parse(
                MethodResult.ToResponse(topic.Status, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(completed)))
            );

            Assert.Equal(
                topic.Status is >= 200 and <= 299 ? "succeeded" : "failed",
                response.RootElement.GetProperty("status").GetString()
            );
        }
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        for (int change = random.Next(4); change > 0; change--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes[..random.Next(bytes.Length / 2, bytes.Length + 1)];
    }
}
