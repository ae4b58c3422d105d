# The whole platform in one image: console built with Node, host published for the runtime image.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN dotnet publish cloud/OmniIoT.Host -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
VOLUME /data
EXPOSE 5080 1883
USER $APP_UID
ENTRYPOINT ["dotnet", "OmniIoT.Host.dll"]
