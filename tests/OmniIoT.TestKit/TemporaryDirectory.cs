namespace OmniIoT.TestKit;

/// <summary>A folder of its own that goes with the test.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("omniiot-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
