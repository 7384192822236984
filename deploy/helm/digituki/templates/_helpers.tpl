{{- define "digituki.labels" -}}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "digituki.selector" -}}
app.kubernetes.io/name: digituki
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "digituki.metadata" -}}
name: {{ .root.Release.Name }}-{{ .component }}
labels:
  {{- include "digituki.labels" .root | nindent 2 }}
  app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{/* A Deployment: of the api or of the workers, in one image, with the same settings. */}}
{{- define "digituki.deployment" -}}
{{- $values := index .root.Values .component -}}
{{- with .root -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  {{- include "digituki.metadata" $ | nindent 2 }}
spec:
  {{- if not $values.autoscaling.enabled }}
  replicas: {{ $values.replicas }}
  {{- end }}
  revisionHistoryLimit: 5
  progressDeadlineSeconds: 900
  strategy:
    rollingUpdate: { maxSurge: 1, maxUnavailable: 0 }
  selector:
    matchLabels:
      {{- include "digituki.selector" $ | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "digituki.labels" . | nindent 8 }}
        app.kubernetes.io/component: {{ $.component }}
      annotations:
        kubectl.kubernetes.io/default-container: {{ $.component }}
        {{- with $values.podAnnotations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      serviceAccountName: {{ .Release.Name }}-digituki
      automountServiceAccountToken: false
      enableServiceLinks: false
      {{- with .Values.image.pullSecrets }}
      imagePullSecrets:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      securityContext:
        runAsNonRoot: true
        runAsUser: 65532
        runAsGroup: 65532
        fsGroup: 65532
        seccompProfile: { type: RuntimeDefault }
      # Longer than the pause before the end, the requests under way and the leases take together.
      terminationGracePeriodSeconds: 60
      topologySpreadConstraints:
        {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
        - maxSkew: 1
          topologyKey: {{ . }}
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              {{- include "digituki.selector" $ | nindent 14 }}
        {{- end }}
      {{- with $values.nodeSelector }}
      nodeSelector:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $values.tolerations }}
      tolerations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      containers:
        - name: {{ $.component }}
          image: {{ printf "%s:%s" .Values.image.repository ($values.tag | default .Values.image.tag | default .Chart.AppVersion) | quote }}
          imagePullPolicy: {{ .Values.image.pullPolicy }}
          args: [{{ printf "dist/apps/%s/src/main.js" $.component | quote }}]
          ports:
            - { name: http, containerPort: {{ $.port }} }
          env:
            - { name: PORT, value: {{ $.port | quote }} }
            {{- if eq $.component "api" }}
            - { name: PROJECTIONS, value: 'off' }
            {{- end }}
            - { name: OIDC_ISSUER, value: {{ .Values.oidc.issuer | quote }} }
            - { name: OIDC_AUDIENCE, value: {{ .Values.oidc.audience | quote }} }
            - { name: OIDC_JWKS_URI, value: {{ .Values.oidc.jwksUri | quote }} }
            {{- range $name, $value := .Values.settings }}
            # A large number as it is written, not as 2e+06.
            - { name: {{ $name }}, value: {{ kindIs "string" $value | ternary $value (toJson $value) | quote }} }
            {{- end }}
            {{- range list "EVENTSTORE_URL" "MONGODB_URL" "KEYS_URL" "DIGITUKI_MASTER_KEY" }}
            - name: {{ . }}
              valueFrom: { secretKeyRef: { name: {{ $.root.Values.secretName }}, key: {{ . }} } }
            {{- end }}
            {{- if and (eq $.component "api") (ne (.Values.settings.AUDIT | default "on") "off") }}
            - name: AUDIT_KEY
              valueFrom: { secretKeyRef: { name: {{ $.root.Values.secretName }}, key: AUDIT_KEY } }
            {{- if .Values.checkpoints.claimName }}
            - { name: AUDIT_FOLDER, value: /checkpoints }
            {{- end }}
            {{- end }}
            - name: OTEL_EXPORTER_OTLP_HEADERS
              valueFrom: { secretKeyRef: { name: {{ .Values.secretName }}, key: OTEL_EXPORTER_OTLP_HEADERS, optional: true } }
            {{- if .Values.mailFrom }}
            - { name: MAIL_FROM, value: {{ .Values.mailFrom | quote }} }
            - name: SMTP_URL
              valueFrom: { secretKeyRef: { name: {{ .Values.secretName }}, key: SMTP_URL } }
            {{- end }}
            {{- if .Values.publicUrl }}
            - { name: PUBLIC_URL, value: {{ .Values.publicUrl | quote }} }
            {{- end }}
            {{- if and (eq $.component "worker") .Values.payments.claimName }}
            - { name: PAYMENTS_FOLDER, value: /payments }
            {{- with .Values.payments.debtor }}
            - { name: PAYMENTS_DEBTOR_NAME, value: {{ .name | quote }} }
            - { name: PAYMENTS_DEBTOR_IBAN, value: {{ .iban | quote }} }
            {{- if .bic }}
            - { name: PAYMENTS_DEBTOR_BIC, value: {{ .bic | quote }} }
            {{- end }}
            {{- end }}
            {{- end }}
          startupProbe:
            httpGet: { path: /health/live, port: http }
            periodSeconds: 2
            timeoutSeconds: 5
            failureThreshold: 60
          # Not before it reached the log, the views and the keys: a wrong setting stops the rollout, not the service. Later
          # it stays in service while it can answer a part (docs/operations.md).
          readinessProbe:
            httpGet: { path: /health/ready, port: http }
            periodSeconds: 10
            timeoutSeconds: {{ add 3 (.Values.settings.ENGINE_TIMEOUT_SECONDS | default 5) }}
            failureThreshold: 3
          # The process alone: a server that is down is no reason to start it again.
          livenessProbe:
            httpGet: { path: /health/live, port: http }
            periodSeconds: 10
            timeoutSeconds: 5
            failureThreshold: 6
          {{- if eq $.component "api" }}
          # Others learn meanwhile not to send it anything.
          lifecycle:
            preStop: { sleep: { seconds: 5 } }
          {{- end }}
          resources:
            {{- toYaml $values.resources | nindent 12 }}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: { drop: [ALL] }
          volumeMounts:
            - { name: data, mountPath: /data }
            - { name: tmp, mountPath: /tmp }
            {{- if and (eq $.component "api") .Values.checkpoints.claimName }}
            - { name: checkpoints, mountPath: /checkpoints }
            {{- end }}
            {{- if and (eq $.component "worker") .Values.payments.claimName }}
            - { name: payments, mountPath: /payments }
            {{- end }}
            {{- if .Values.eventstoreAuthority.configMapName }}
            - { name: eventstore-authority, mountPath: /etc/digituki/eventstore, readOnly: true }
            {{- end }}
      volumes:
        # Nothing lasting: the log, the views and the keys are on servers.
        - name: data
          emptyDir: { sizeLimit: 1Gi }
        - name: tmp
          emptyDir: { sizeLimit: 256Mi }
        {{- if and (eq $.component "api") .Values.checkpoints.claimName }}
        - name: checkpoints
          persistentVolumeClaim: { claimName: {{ .Values.checkpoints.claimName }} }
        {{- end }}
        {{- if and (eq $.component "worker") .Values.payments.claimName }}
        - name: payments
          persistentVolumeClaim: { claimName: {{ .Values.payments.claimName }} }
        {{- end }}
        {{- if .Values.eventstoreAuthority.configMapName }}
        - name: eventstore-authority
          configMap:
            name: {{ .Values.eventstoreAuthority.configMapName }}
            items: [{ key: {{ .Values.eventstoreAuthority.key }}, path: ca.crt }]
        {{- end }}
{{- end }}
{{- end -}}

{{/* The Service, the autoscaling and the budget that belong to a Deployment. */}}
{{- define "digituki.around" -}}
{{- $values := index .root.Values .component -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "digituki.metadata" . | nindent 2 }}
spec:
  {{- if eq .component "worker" }}
  # Nobody calls the workers; Prometheus finds each by it.
  clusterIP: None
  publishNotReadyAddresses: true
  {{- end }}
  selector:
    {{- include "digituki.selector" . | nindent 4 }}
  ports:
    - { name: http, port: {{ .port }}, targetPort: http }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  {{- include "digituki.metadata" . | nindent 2 }}
spec:
  maxUnavailable: 1
  # Pods that wait for a server are no reason to keep a node from being drained.
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "digituki.selector" . | nindent 6 }}
{{- if $values.autoscaling.enabled }}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  {{- include "digituki.metadata" . | nindent 2 }}
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: {{ .root.Release.Name }}-{{ .component }} }
  minReplicas: {{ $values.autoscaling.minReplicas }}
  maxReplicas: {{ $values.autoscaling.maxReplicas }}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target: { type: Utilization, averageUtilization: {{ $values.autoscaling.targetCPU }} }
  behavior:
    # Each change deals the projections anew: not at every wave.
    scaleDown: { stabilizationWindowSeconds: 600 }
{{- end }}
{{- end -}}
