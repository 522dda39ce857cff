"""What is handed to a container engine or a Kubernetes cluster: valid, pinned, without rights, and of one mind."""

import re
from collections.abc import Iterator
from typing import Any

import kubernetes_validate
import pytest
import yaml

from contract.paths import REPO
from dashboard.server import scrape
from dashboard.server.health import READY

DEPLOY = REPO / "deploy"
MANIFESTS = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
KUBERNETES = "1.34"
CONTAINERFILE = (DEPLOY / "Containerfile").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
PINNED = re.compile(r"[\w./-]+:\d+\.\d+\.\d+[\w.-]*\Z")
"""An image with its whole version; `latest` and `3.11` are other images tomorrow."""


def _documents() -> Iterator[dict[str, Any]]:
    for file in MANIFESTS:
        yield from yaml.safe_load_all(file.read_text("utf-8"))


OBJECTS = [one for one in _documents() if one["kind"] != "Kustomization"]
KUSTOMIZATION = next(one for one in _documents() if one["kind"] == "Kustomization")


def _one(kind: str, name: str) -> dict[str, Any]:
    return next(one for one in OBJECTS if (one["kind"], one["metadata"]["name"]) == (kind, name))


DEPLOYMENTS = [one for one in OBJECTS if one["kind"] == "Deployment"]
APP = _one("Deployment", "indblik")["spec"]
(CONTAINER,) = APP["template"]["spec"]["containers"]
ENV = {one["name"]: one["value"] for one in CONTAINER["env"]}


@pytest.mark.parametrize("one", OBJECTS, ids=lambda one: f"{one['kind']}-{one['metadata']['name']}")
def test_every_manifest_is_what_kubernetes_knows(one: dict[str, Any]) -> None:
    kubernetes_validate.validate(one, KUBERNETES, strict=True)


def test_a_field_that_kubernetes_does_not_know_is_found() -> None:
    wrong = {**_one("Service", "indblik"), "spec": {"selectors": {}}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, KUBERNETES, strict=True)


def test_all_files_are_in_the_kustomization() -> None:
    assert {file.name for file in MANIFESTS} == {*KUSTOMIZATION["resources"], "kustomization.yaml"}


def test_every_image_is_pinned() -> None:
    images = re.findall(r"^FROM (\S+)", CONTAINERFILE, re.MULTILINE)
    images += [
        service["image"] for service in COMPOSE["services"].values() if "build" not in service
    ]
    images += [
        c["image"] for one in DEPLOYMENTS for c in one["spec"]["template"]["spec"]["containers"]
    ]
    images += [f"{one['newName']}:{one['newTag']}" for one in KUSTOMIZATION["images"]]
    assert len(images) > 4
    assert [one for one in images if not PINNED.match(one)] == []


@pytest.mark.parametrize("one", DEPLOYMENTS, ids=lambda one: one["metadata"]["name"])
def test_no_pod_has_rights_it_does_not_need(one: dict[str, Any]) -> None:
    pod = one["spec"]["template"]["spec"]
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    for container in pod["containers"]:
        security = container["securityContext"]
        assert security["readOnlyRootFilesystem"] is True
        assert security["allowPrivilegeEscalation"] is False
        assert security["capabilities"] == {"drop": ["ALL"]}
        for kind in ("requests", "limits"):
            assert set(container["resources"][kind]) == {"cpu", "memory"}
        assert container["readinessProbe"]
        assert container["livenessProbe"]


@pytest.mark.parametrize("name", sorted(COMPOSE["services"]))
def test_no_container_has_rights_it_does_not_need(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["mem_limit"]
    assert service["cpus"]
    if name == "proxy":
        assert service["cap_add"] == ["NET_BIND_SERVICE"]
    else:
        assert service["user"] == "10001:10001"
        assert service["networks"] == ["inside"]
        assert "ports" not in service


def test_visitors_stay_with_a_replica_and_an_update_drains() -> None:
    assert APP["replicas"] >= 2
    assert APP["strategy"]["rollingUpdate"] == {"maxUnavailable": 0, "maxSurge": 1}
    assert CONTAINER["readinessProbe"]["httpGet"]["path"] == "/healthz"
    assert f"health_uri {READY}\n" in (DEPLOY / "Caddyfile").read_text("utf-8")
    before = CONTAINER["lifecycle"]["preStop"]["sleep"]["seconds"]
    served = float(ENV["INDBLIK_LUK_SEKUNDER"])
    assert before > 0
    assert served > 0
    assert APP["template"]["spec"]["terminationGracePeriodSeconds"] > before + served + 10
    notes = _one("Service", "indblik")["metadata"]["annotations"]
    assert notes["traefik.ingress.kubernetes.io/service.sticky.cookie"] == "true"
    labels = APP["template"]["metadata"]["labels"]
    for kind, key in (("Service", "selector"), ("PodDisruptionBudget", "selector")):
        selector = _one(kind, "indblik")["spec"][key]
        assert selector.get("matchLabels", selector) == labels
    assert _one("PodDisruptionBudget", "indblik")["spec"]["maxUnavailable"] == 1


def test_no_visitor_reaches_the_numbers() -> None:
    port = int(ENV[scrape.SETTING])
    assert {one["name"]: one["containerPort"] for one in CONTAINER["ports"]}["metrics"] == port
    assert [one["targetPort"] for one in _one("Service", "indblik")["spec"]["ports"]] == ["http"]
    reached = {
        rule["from"][0]["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"]: rule["ports"]
        for rule in _one("NetworkPolicy", "indblik")["spec"]["ingress"]
    }  # fmt: skip
    assert reached == {"traefik": [{"port": 8501}], "monitoring": [{"port": port}]}
    assert COMPOSE["services"]["replika-1"]["environment"][scrape.SETTING] == str(port)
    assert f"respond {scrape.ADDRESS} " in (DEPLOY / "Caddyfile").read_text("utf-8")


def test_one_name_for_the_site_everywhere() -> None:
    (rule,) = _one("Ingress", "indblik")["spec"]["rules"]
    assert rule["host"] == ENV["INDBLIK_HOSTS"]
    assert _one("Ingress", "indblik")["spec"]["tls"][0]["hosts"] == [rule["host"]]


def test_the_replicas_of_compose_are_those_of_the_proxy() -> None:
    services = COMPOSE["services"]
    named = services["proxy"]["environment"]["INDBLIK_REPLIKAER"].split()
    replicas = [name for name, service in services.items() if "build" in service]
    assert named == [f"{name}:8501" for name in replicas]
    assert len(replicas) >= 3
    grace = float(services["replika-1"]["environment"]["INDBLIK_LUK_SEKUNDER"])
    assert int(services["replika-1"]["stop_grace_period"].rstrip("s")) > grace + 10


def test_the_image_runs_as_nobody_and_tells_of_its_health() -> None:
    final = CONTAINERFILE.rpartition("\nFROM ")[2]
    user = re.search(r"^USER (\d+):\d+$", final, re.MULTILINE)
    assert user
    assert int(user[1]) == APP["template"]["spec"]["securityContext"]["runAsUser"] > 0
    assert "/healthz" in final.partition("HEALTHCHECK")[2].partition("\nENTRYPOINT")[0]
    assert "pip uninstall" in final
    assert "apt-get" not in final
    kept = {line.lstrip("!") for line in (REPO / ".dockerignore").read_text("utf-8").splitlines()}
    for line in re.findall(r"^COPY (?!--)(.+)$", CONTAINERFILE, re.MULTILINE):
        *sources, _ = line.split()
        for source in sources:
            assert (REPO / source).exists(), source
            assert source in kept, f"{source} is not sent to the build: .dockerignore"
